import {
  CameraOff,
  CircleAlert,
  Database,
  Globe,
  HardDrive,
  Link2,
  Lock,
  RefreshCw,
  ShieldOff,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '@/lib/phone/session/problem';
import type { ScanState } from '@/lib/phone/session/ScanState';
import { Button } from './Button';
import { count } from './formats';
import { Screen } from './Screen';

interface Advice {
  icon: ReactNode;
  title: string;
  /** What is wrong, then what to do. */
  text: string[];
  /** Label of the retry button; absent where a retry cannot help. */
  again?: string;
}

const ADVICE: Record<Problem, Advice> = {
  'browser-too-old': {
    icon: <Globe />,
    title: 'This browser is too old',
    text: [
      'It lacks features that recognition needs.',
      'Update it, or open this page in a current Chrome, Edge, Firefox or Safari.',
    ],
  },
  'insecure-origin': {
    icon: <Lock />,
    title: 'This address is not secure',
    text: [
      'Browsers allow the camera only on pages with https:// or on localhost.',
      'Ask your administrator for the https:// address of this server and scan the code again.',
    ],
  },
  'storage-blocked': {
    icon: <Database />,
    title: 'This page cannot store data',
    text: [
      'The browser blocks storage, for example in a private window.',
      'Open the page in a normal window, or allow site data for it in the browser’s settings.',
    ],
    again: 'Try again',
  },
  'storage-failed': {
    icon: <Database />,
    title: 'The stored data cannot be opened',
    text: [
      'The browser gave an error for the data of this page. Nothing was deleted.',
      'Close the other tabs of this page, then try again. Restart the device if that does not help.',
    ],
    again: 'Try again',
  },
  'storage-full': {
    icon: <HardDrive />,
    title: 'The storage is full',
    text: [
      'New recognitions cannot be stored. Earlier ones are not lost.',
      'Free some space on this device, then try again.',
    ],
    again: 'Try again',
  },
  'permission-denied': {
    icon: <CameraOff />,
    title: 'The camera is not allowed',
    text: [
      'This page may not use the camera.',
      'Tap the icon next to the address (or App info → Permissions), allow the camera, then try again.',
    ],
    again: 'Try again',
  },
  'no-camera': {
    icon: <CameraOff />,
    title: 'No camera was found',
    text: ['Connect a camera, or use a device that has one. It starts by itself.'],
    again: 'Try again',
  },
  'camera-in-use': {
    icon: <TriangleAlert />,
    title: 'The camera is in use',
    text: [
      'Another app is using the camera, or it was disconnected.',
      'Close that app or tab. The camera starts again by itself.',
    ],
    again: 'Try again',
  },
  revoked: {
    icon: <ShieldOff />,
    title: 'This device was removed',
    text: [
      'An administrator unpaired this device. All data on it has been erased.',
      'To use it again, ask for a new pairing code.',
    ],
    again: 'Pair again',
  },
  'pair-again': {
    icon: <Link2 />,
    title: 'This phone has to be paired again',
    text: [
      'Its pairing is no longer valid: the data of this page is gone or cannot be read, or the server does not know the phone.',
    ],
    again: 'Pair again',
  },
  outdated: {
    icon: <RefreshCw />,
    title: 'Update needed',
    text: [
      'The server recognises people in a new way. Until this page is updated, it names nobody.',
      'Tap Update while the phone is connected. Nothing on it is lost.',
    ],
    again: 'Update',
  },
  failed: {
    icon: <CircleAlert />,
    title: 'Something went wrong',
    text: [
      'Recognition stopped several times. It is started again by itself.',
      'Reload the page if this screen stays. Earlier recognitions are not lost.',
    ],
    again: 'Reload',
  },
};

/** Says what is gone for good, and what is sent after pairing. */
function lossesInWords({ lost, kept }: NonNullable<ScanState['losses']>): string[] {
  const recognitions = (number: number) => (number === 1 ? '1 recognition' : `${count(number)} recognitions`);
  const are = (number: number) => (number === 1 ? 'was' : 'were');
  const sentences = [];
  if (lost > 0) sentences.push(`${recognitions(lost)} that ${are(lost)} not sent yet ${are(lost)} lost.`);
  if (kept > 0) sentences.push(`${recognitions(kept)} will be sent once this phone is paired.`);
  if (lost + kept === 0) sentences.push('No recognition was lost.');
  return [...sentences, 'Ask for a new pairing code in the console, under Devices.'];
}

/** Shows the screen of a problem. */
export function ProblemScreen({
  problem,
  detail,
  losses = null,
  menu,
  onAgain,
}: {
  problem: Problem;
  detail: string | null;
  losses?: ScanState['losses'];
  /** Opens the menu; absent where nothing is loaded that it could show. */
  menu?: ReactNode;
  onAgain: () => void;
}) {
  const { icon, title, text, again } = ADVICE[problem];
  return (
    <Screen
      testId={`problem-${problem}`}
      icon={icon}
      title={title}
      actions={
        (again || menu) && (
          <>
            {again && (
              <Button look="primary" onClick={onAgain}>
                {again}
              </Button>
            )}
            {menu}
          </>
        )
      }
    >
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {losses && lossesInWords(losses).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {(problem === 'failed' || problem === 'storage-failed') && detail && (
        <p className="break-words rounded-lg bg-sunken p-3 font-mono text-sm">{detail}</p>
      )}
    </Screen>
  );
}
