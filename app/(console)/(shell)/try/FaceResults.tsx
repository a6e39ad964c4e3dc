'use client';
import Link from 'next/link';
import type { z } from 'zod';
import type { matchFaces } from '@/lib/shared/contract/faces';
import { counted } from '@/lib/shared/text/counted';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { FaceOfPicture } from '../../_components/picture/PictureWithBoxes';
import type { Preview } from '../../_components/picture/source';
import { Badge } from '../../_components/ui/Badge';
import { Card } from '../../_components/ui/Card';
import { cn } from '../../_components/ui/cn';

export type MatchedFace = z.output<(typeof matchFaces)['answer']>['faces'][number];

/** Returns the name of a recognised face, or the number of an unassigned sample. */
export function shownName(face: MatchedFace): string {
  return face.person ? nameOf(face.person) : `Sample ${face.face_id}`;
}

function titleOf(face: MatchedFace): string {
  if (!face.also) return face.face_id === null ? 'Unknown' : shownName(face);
  const person = face.candidates[0]?.person;
  return person ? `Also like ${nameOf(person)}` : 'Like another face in the picture';
}

function detailOf(face: MatchedFace): string {
  if (face.also)
    return 'A larger face in the picture has this name. This one may be a mirror, a poster, or a person who looks similar';
  if (face.face_id !== null) return `trust ${wholeTrust(face.trust)} of 100`;
  return face.candidates.length > 0 ? `nearest has trust ${wholeTrust(face.trust)}` : 'nobody is enrolled yet';
}

interface FaceResultsProps {
  faces: MatchedFace[];
  selected: number | null;
  onSelect: (index: number) => void;
  preview: Preview | null;
}

export function FaceResults({ faces, selected, onSelect, preview }: FaceResultsProps) {
  if (faces.length === 0) {
    return (
      <Card className="p-5 text-sm">
        <h2 className="font-semibold">No face found</h2>
        <p className="mt-1 text-muted">The picture shows nobody, or faces smaller than 24 pixels.</p>
      </Card>
    );
  }
  const known = faces.filter((face) => face.face_id !== null).length;
  return (
    <section aria-label="Faces" className="flex flex-col gap-3">
      <h2 className="text-sm text-muted">
        {counted(faces.length, 'face')}, {known} recognised
      </h2>
      {faces.map((face, index) => (
        <Card
          key={`${face.position.left},${face.position.top}`}
          data-testid="face-result"
          className={cn('p-4', selected === index && 'ring-2 ring-accent')}
        >
          <button
            type="button"
            className="flex w-full items-center gap-3 rounded-lg text-left"
            aria-pressed={selected === index}
            onClick={() => onSelect(index)}
          >
            {preview ? (
              <FaceOfPicture
                preview={preview}
                box={face.position}
                alt={`Face ${index + 1}`}
                className="size-14 shrink-0"
              />
            ) : null}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-semibold">{titleOf(face)}</span>
              <span className="mt-0.5 block text-[13px] text-muted">{detailOf(face)}</span>
            </span>
            <Badge tone={face.face_id === null ? 'warn' : 'good'}>
              {face.also ? 'also' : face.face_id === null ? 'unknown' : 'known'}
            </Badge>
          </button>
          {face.candidates.length > 0 ? (
            <ol className="mt-3 flex flex-col gap-1 border-t pt-3" aria-label={`Candidates for face ${index + 1}`}>
              {face.candidates.map((candidate) => (
                <li key={candidate.face_id} className="flex items-center gap-2.5 text-[13px]">
                  <FaceCrop faceId={candidate.face_id} alt="" className="size-8 rounded-md" />
                  <span className="min-w-0 flex-1 truncate">
                    {candidate.person ? (
                      <Link href={`/people/${candidate.person.person_id}`} className="hover:underline">
                        {nameOf(candidate.person)}
                      </Link>
                    ) : (
                      `Sample ${candidate.face_id}`
                    )}
                  </span>
                  <TrustBar trust={candidate.trust} />
                  <span className="w-12 text-right text-muted tabular-nums" title="Distance of the encodings">
                    {candidate.distance.toFixed(3)}
                  </span>
                </li>
              ))}
            </ol>
          ) : null}
        </Card>
      ))}
    </section>
  );
}

/** `trust` 0–100. */
export function TrustBar({ trust }: { trust: number }) {
  return (
    <span className="flex w-20 shrink-0 items-center gap-1.5">
      <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${trust}%` }} />
      </span>
      <span className="w-6 text-right tabular-nums">{wholeTrust(trust)}</span>
    </span>
  );
}
