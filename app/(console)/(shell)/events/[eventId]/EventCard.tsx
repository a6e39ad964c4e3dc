import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EventDetails } from '@/lib/shared/contract/events';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { nameOf } from '../../../_components/people/nameOf';
import { Badge } from '../../../_components/ui/Badge';
import { Card } from '../../../_components/ui/Card';
import { ExactTime } from '../../../_components/ui/ExactTime';
import { Time } from '../../../_components/ui/Time';
import { trustMeaning } from './trustMeaning';

const LIVENESS: Record<EventDetails['liveness'], { tone: 'neutral' | 'good' | 'bad'; label: string; meaning: string }> =
  {
    off: { tone: 'neutral', label: 'not checked', meaning: 'The device does not check for photos held to the camera.' },
    passed: { tone: 'good', label: 'passed', meaning: 'The device saw a living person.' },
    failed: { tone: 'bad', label: 'failed', meaning: 'It may have been a photo or a screen.' },
  };

/** What was seen, where and when, and how sure the device was. */
export function EventCard({ event, threshold }: { event: EventDetails; threshold: number }) {
  const { person, face_id: faceId } = event;
  const liveness = LIVENESS[event.liveness];
  return (
    <Card className="p-5">
      <div className="flex flex-wrap items-center gap-4">
        <FaceCrop faceId={faceId ?? event.best_face_id} alt="" className="size-20 rounded-2xl" />
        <div className="min-w-40 flex-1">
          <h2 className="truncate text-lg font-semibold tracking-tight">
            {person ? (
              <Link href={`/people/${person.person_id}`} className="hover:underline">
                {nameOf(person)}
              </Link>
            ) : faceId ? (
              `Sample ${faceId}`
            ) : (
              'Unknown person'
            )}
          </h2>
          <p className="mt-1 flex flex-wrap gap-2">
            {person || faceId ? null : <Badge tone="warn">Unknown</Badge>}
            {event.corrected ? <Badge tone="accent">Corrected</Badge> : null}
          </p>
        </div>
      </div>
      <dl className="mt-5 grid gap-x-5 gap-y-3 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Fact label="Seen">
          <ExactTime value={event.at} />
          <Note>
            <Time value={event.at} />
          </Note>
          {event.clock ? (
            <Note>
              The device’s clock was wrong: it said <ExactTime value={event.device_at} />. This is the nearest possible
              time.
            </Note>
          ) : null}
        </Fact>
        <Fact label="Where">{event.device?.name ?? event.source ?? 'Reported with an API key'}</Fact>
        <Fact label="Received">
          <ExactTime value={event.received_at} />
        </Fact>
        <Fact label="Trust">
          <span className="tabular-nums">{wholeTrust(event.trust)}</span> of 100
          <Note>
            {trustMeaning(event.trust)} People are recognised from {threshold} on.
            {event.corrected ? ' This is what the device reported, before the correction.' : ''}
          </Note>
        </Fact>
        <Fact label="Liveness">
          <Badge tone={liveness.tone}>{liveness.label}</Badge>
          <Note>{liveness.meaning}</Note>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <span className="block text-[13px] text-muted">{children}</span>
);
