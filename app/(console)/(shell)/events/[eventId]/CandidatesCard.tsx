import Link from 'next/link';
import type { EventDetails } from '@/lib/shared/contract/events';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { nameOf } from '../../../_components/people/nameOf';
import { Badge } from '../../../_components/ui/Badge';
import { Card, CardHeader } from '../../../_components/ui/Card';

/** Who the face looked like: the sample that the device compared with, beside the person's best one. */
export function CandidatesCard({ event }: { event: EventDetails }) {
  return (
    <Card>
      <CardHeader title="Looked like" description="The nearest people at that moment, and how near they were." />
      {event.candidates.length === 0 ? (
        <p className="p-5 text-sm text-muted">
          The device did not say. Older versions of the app do not send this, and people who were erased are left out.
        </p>
      ) : (
        <ol className="flex flex-col gap-3 p-5" aria-label="Looked like">
          {event.candidates.map((candidate) => {
            const { person, face_id: faceId, best_face_id: bestFaceId } = candidate;
            const name = person ? nameOf(person) : `Sample ${faceId}`;
            return (
              <li key={faceId} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <span className="flex gap-1.5">
                  <FaceCrop faceId={faceId} alt={`Compared sample of ${name}`} className="size-16" />
                  {bestFaceId !== null && bestFaceId !== faceId ? (
                    <FaceCrop faceId={bestFaceId} alt={`Best sample of ${name}`} className="size-16" />
                  ) : null}
                </span>
                <span className="min-w-36 flex-1 text-sm">
                  {person ? (
                    <Link href={`/people/${person.person_id}`} className="font-medium hover:underline">
                      {name}
                    </Link>
                  ) : (
                    <span className="font-medium">{name}</span>
                  )}
                  <span className="block text-[13px] text-muted tabular-nums">
                    trust {wholeTrust(candidate.trust)}
                    {candidate.distance === null ? '' : `, distance ${candidate.distance.toFixed(3)}`}
                  </span>
                </span>
                {person && person.person_id === event.person?.person_id ? <Badge tone="good">shown</Badge> : null}
              </li>
            );
          })}
        </ol>
      )}
    </Card>
  );
}
