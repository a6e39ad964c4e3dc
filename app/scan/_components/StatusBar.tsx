import { Clock, Cloud, CloudAlert, CloudOff, Send, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ScanState } from '@/lib/phone/session/ScanState';
import { Age } from './Age';
import { count } from './formats';

/**
 * Shown over the picture: connection, number of people, age of the last sync, number of recognitions waiting to be
 * sent.
 */
export function StatusBar({ state: { sync, gallery, waiting } }: { state: ScanState }) {
  return (
    <ul className="flex flex-wrap gap-2 text-white">
      <Chip testId="connection" icon={CONNECTION[sync.connection].icon}>
        {CONNECTION[sync.connection].text}
      </Chip>
      <Chip testId="people" icon={<Users />}>
        {gallery ? `${count(gallery.people)} ${gallery.people === 1 ? 'person' : 'people'}` : '…'}
      </Chip>
      <Chip testId="last-sync" icon={<Clock />}>
        {sync.incoming ? `Receiving ${count(sync.incoming)}` : <Age since={sync.succeededAt} />}
      </Chip>
      {waiting > 0 && (
        <Chip testId="waiting" icon={<Send />}>
          {waiting} waiting
        </Chip>
      )}
    </ul>
  );
}

const CONNECTION: Record<ScanState['sync']['connection'], { icon: ReactNode; text: string }> = {
  connecting: { icon: <Cloud />, text: 'Connecting…' },
  online: { icon: <Cloud />, text: 'Online' },
  offline: { icon: <CloudOff />, text: 'Offline' },
  failing: { icon: <CloudAlert />, text: 'Sync failed, trying again' },
};

function Chip({ icon, children, testId }: { icon: ReactNode; children: ReactNode; testId: string }) {
  return (
    <li
      data-testid={testId}
      className="flex h-8 items-center gap-1.5 rounded-full bg-black/55 px-3 text-sm tabular-nums backdrop-blur-sm [&_svg]:size-4"
    >
      {icon}
      {children}
    </li>
  );
}
