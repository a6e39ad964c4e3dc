import { CameraOff, CircleAlert, Database, Globe, HardDrive, Lock, ShieldOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Trouble } from '@/lib/phone/session/trouble';
import { Button } from './Button';
import { Screen } from './Screen';

interface Advice {
  icon: ReactNode;
  title: string;
  /** What is the matter, then what to do. */
  text: string[];
  /** The button that tries again; none where that cannot help. */
  again?: string;
}

const ADVICE: Record<Trouble, Advice> = {
  'browser-too-old': {
    icon: <Globe />,
    title: 'This browser is too old',
    text: [
      'It lacks what recognition on the phone needs.',
      'Update it, or open this page in a current Chrome, Edge, Firefox or Safari.',
    ],
  },
  'insecure-origin': {
    icon: <Lock />,
    title: 'This address is not secure',
    text: [
      'Browsers give the camera only to pages on https:// or localhost.',
      'Ask your administrator for the https:// address of this server and scan the code again.',
    ],
  },
  'storage-blocked': {
    icon: <Database />,
    title: 'Nothing can be kept here',
    text: [
      'This browser does not let the page store anything, as in a private window.',
      'Open the page in a normal window, or allow site data for it in the browser’s settings.',
    ],
    again: 'Try again',
  },
  'storage-full': {
    icon: <HardDrive />,
    title: 'The storage is full',
    text: [
      'There is no room left for what was seen. Nothing that was kept before is lost.',
      'Free some space on this device, then try again.',
    ],
    again: 'Try again',
  },
  'permission-denied': {
    icon: <CameraOff />,
    title: 'The camera is not allowed',
    text: [
      'This page may not use the camera.',
      'Tap the icon beside the address (or App info → Permissions), allow the camera, then try again.',
    ],
    again: 'Try again',
  },
  'no-camera': {
    icon: <CameraOff />,
    title: 'No camera was found',
    text: ['Connect a camera, or use a device that has one, then try again.'],
    again: 'Try again',
  },
  'camera-in-use': {
    icon: <TriangleAlert />,
    title: 'The camera is in use',
    text: ['Another app holds the camera, or it was disconnected.', 'Close that app or tab, then try again.'],
    again: 'Try again',
  },
  revoked: {
    icon: <ShieldOff />,
    title: 'This device was removed',
    text: [
      'An administrator ended its pairing. Everything that was kept here has been erased.',
      'To use it again, ask for a new pairing code.',
    ],
    again: 'Pair again',
  },
  failed: {
    icon: <CircleAlert />,
    title: 'Something went wrong',
    text: ['Recognition stopped. Reload the page; what was seen so far is kept.'],
    again: 'Reload',
  },
};

/** One screen for each trouble. */
export function TroubleScreen({
  trouble,
  detail,
  onAgain,
}: {
  trouble: Trouble;
  detail: string | null;
  onAgain: () => void;
}) {
  const { icon, title, text, again } = ADVICE[trouble];
  return (
    <Screen
      testId={`trouble-${trouble}`}
      icon={icon}
      title={title}
      actions={
        again && (
          <Button look="primary" onClick={onAgain}>
            {again}
          </Button>
        )
      }
    >
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {trouble === 'failed' && detail && (
        <p className="break-words rounded-lg bg-sunken p-3 font-mono text-sm">{detail}</p>
      )}
    </Screen>
  );
}
