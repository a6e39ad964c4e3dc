'use client';
import Link from 'next/link';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { samplesWantedText } from '@/lib/shared/trust/samplesWanted';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { Card, CardHeader } from '../../_components/ui/Card';

/** People who need more samples, and people whose samples disagree. */
export function DoubtfulPeople({ accuracy }: { accuracy: AccuracyAnswer }) {
  const { doubtful: people, single, compared } = accuracy;
  return (
    <Card className="pb-5">
      <CardHeader
        title="Who needs better samples"
        description="Too few for how many people look alike, or samples that disagree."
      />
      <p className="px-5 pt-3 text-sm">
        {single === 0
          ? 'Everybody has at least two samples.'
          : `${single.toLocaleString('en')} of ${compared.toLocaleString('en')} people have only one sample. A second one, from another day, helps most.`}
      </p>
      {people.length === 0 ? (
        <p className="px-5 pt-4 text-sm text-muted">Nobody else stands out.</p>
      ) : (
        <ul className="flex flex-col gap-3 px-5 pt-4" aria-label="People who need better samples">
          {people.map(({ person, more_samples, disagreeing }) => (
            <li key={person.person_id} className="flex items-center gap-3 text-sm">
              <FaceCrop faceId={person.best_face_id} alt="" className="size-10 rounded-full" />
              <span className="min-w-0 flex-1">
                <Link href={`/people/${person.person_id}`} className="font-medium break-words hover:underline">
                  {nameOf(person)}
                </Link>
                <span className="block text-[13px] text-muted">
                  {[samplesWantedText(nameOf(person), more_samples), disagreement(disagreeing.length)]
                    .filter(Boolean)
                    .join(' ')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function disagreement(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? 'One sample does not look like the others.' : `${count} samples do not look like the others.`;
}
