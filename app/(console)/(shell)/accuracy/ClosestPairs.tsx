'use client';
import Link from 'next/link';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { Badge } from '../../_components/ui/Badge';
import { Card, CardHeader } from '../../_components/ui/Card';

/** The most alike pairs of different people, with a picture of each. */
export function ClosestPairs({ pairs }: { pairs: AccuracyAnswer['closest'] }) {
  return (
    <Card className="pb-5">
      <CardHeader
        title="Who is most alike"
        description="Pairs of different people. A pair that is probably one person is left out of the rates until you merge them or keep both, on the overview."
      />
      {pairs.length === 0 ? (
        <p className="px-5 pt-4 text-sm text-muted">There are no two people yet.</p>
      ) : (
        <ul className="grid gap-3 px-5 pt-4 sm:grid-cols-2" aria-label="Most alike pairs">
          {pairs.map(({ people, face_ids, trust, likely_one }) => (
            <li key={face_ids.join(' ')} className="flex min-w-0 items-center gap-3 text-sm">
              <span className="flex shrink-0 -space-x-2">
                {face_ids.map((id) => (
                  <FaceCrop key={id} faceId={id} alt="" className="size-10 rounded-full ring-2 ring-surface" />
                ))}
              </span>
              <span className="min-w-0 flex-1">
                {people.map((person, index) => (
                  <span key={person.person_id}>
                    {index > 0 ? ' and ' : ''}
                    <Link href={`/people/${person.person_id}`} className="font-medium break-words hover:underline">
                      {nameOf(person)}
                    </Link>
                  </span>
                ))}
                <span className="mt-0.5 flex flex-wrap items-center gap-2 text-xs text-muted">
                  trust {wholeTrust(trust)}
                  {likely_one ? <Badge tone="warn">probably one person</Badge> : null}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
