'use client';
import { Laptop } from 'lucide-react';
import { endSessions } from '@/lib/shared/contract/users';
import { Badge } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

interface ShownSession {
  id: string;
  createdAt: string;
  address: string | null;
  agent: string | null;
  current: boolean;
}

/** Returns browser and system of a User-Agent, such as "Chrome on Linux". */
function deviceOf(agent: string | null): string {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(agent ?? '')?.[0]?.replace('Edg', 'Edge') ?? 'Browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent ?? '')?.[0]?.replace('Mac OS X', 'macOS');
  return system ? `${browser} on ${system}` : browser;
}

export function SessionList({ sessions }: { sessions: ShownSession[] }) {
  const { run, error, pending } = useChange();
  return (
    <div className="p-5">
      <ul className="flex flex-col gap-3">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 text-sm">
            <Laptop className="size-4 shrink-0 text-muted" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{deviceOf(session.agent)}</span>
              <span className="block truncate text-[13px] text-muted">
                {session.address ?? 'unknown address'} · <Time value={session.createdAt} />
              </span>
            </span>
            {session.current ? <Badge tone="accent">This device</Badge> : null}
          </li>
        ))}
      </ul>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {sessions.length > 1 ? (
        <Button
          className="mt-5"
          pending={pending}
          onClick={() => void run(() => call(endSessions), { done: 'You are signed out everywhere else.' })}
        >
          Sign out everywhere else
        </Button>
      ) : null}
    </div>
  );
}
