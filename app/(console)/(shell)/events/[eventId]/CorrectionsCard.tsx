'use client';
import type { EventDetails } from '@/lib/shared/contract/events';
import { takeBackCorrection } from '@/lib/shared/contract/events';
import { nameOf } from '../../../_components/people/nameOf';
import { Button } from '../../../_components/ui/Button';
import { Card, CardHeader } from '../../../_components/ui/Card';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { ExactTime } from '../../../_components/ui/ExactTime';
import { call } from '../../../_lib/api';
import { useChange } from '../../../_lib/useChange';

type Correction = EventDetails['corrections'][number];

function shownBy({ known, person, face_id: faceId }: Correction['was']): string {
  if (person) return nameOf(person);
  if (!known) return 'Unknown';
  return faceId === null ? 'somebody who was erased' : `Sample ${faceId}`;
}

/** What people said of the recognition, the newest first. The newest one can be taken back. */
export function CorrectionsCard({ event, editable }: { event: EventDetails; editable: boolean }) {
  const { run, error, pending } = useChange();
  const newest = event.corrections.findLast((one) => one.taken_back_at === null);
  return (
    <Card>
      <CardHeader title="Corrections" />
      {error ? <ErrorNotice error={error} className="mx-5 mt-4" /> : null}
      {event.corrections.length === 0 ? (
        <p className="p-5 text-sm text-muted">Nobody has said whether this is right.</p>
      ) : (
        <ol className="flex flex-col gap-4 p-5 text-sm" aria-label="Corrections">
          {event.corrections.toReversed().map((one) => (
            <li key={one.correction_id} className="min-w-0">
              <p className={one.taken_back_at ? 'text-muted line-through' : 'font-medium'}>
                {one.confirms ? `Right: ${shownBy(one.is)}` : `${shownBy(one.was)} → ${shownBy(one.is)}`}
              </p>
              <p className="text-[13px] break-words text-muted">
                {one.by.name}, <ExactTime value={one.at} />
              </p>
              {one.taken_back_at ? (
                <p className="text-[13px] break-words text-muted">
                  Taken back by {one.taken_back_by}, <ExactTime value={one.taken_back_at} />
                </p>
              ) : null}
              {editable && one === newest ? (
                <Button
                  size="sm"
                  className="mt-2"
                  pending={pending}
                  onClick={() =>
                    void run(
                      () =>
                        call(takeBackCorrection, {
                          params: { event_id: event.id, correction_id: one.correction_id },
                        }),
                      { done: 'Taken back.' },
                    )
                  }
                >
                  Take back
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
