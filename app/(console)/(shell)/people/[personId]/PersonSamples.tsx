'use client';
import { ImagePlus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { SampleAgreement } from '@/lib/server/people/agreement';
import { samplesWantedText } from '@/lib/shared/trust/samplesWanted';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { QualityBadge } from '../../../_components/faces/QualityBadge';
import { nameOf } from '../../../_components/people/nameOf';
import { Card, CardHeader } from '../../../_components/ui/Card';
import { cn } from '../../../_components/ui/cn';
import { EmptyState } from '../../../_components/ui/EmptyState';
import { useDeferredDelete } from '../../../_lib/useDeferredDelete';
import type { ListedFace } from '../../samples/ListedFace';
import { SampleSheet } from '../../samples/SampleSheet';
import type { Person } from './PersonHeader';

interface PersonSamplesProps {
  person: Person;
  faces: ListedFace[];
  agreement: SampleAgreement[];
  /** How many more samples the person should get. */
  moreSamples: number;
  editable: boolean;
}

export function PersonSamples({ person, faces, agreement, moreSamples, editable }: PersonSamplesProps) {
  const [openId, setOpenId] = useState<number | null>(null);
  const { hidden, remove } = useDeferredDelete();
  const shown = faces.filter((face) => !hidden.has(face.face_id));
  const agreementOf = new Map(agreement.map((entry) => [entry.faceId, entry]));
  const wanted = samplesWantedText(nameOf(person), moreSamples);
  const outliers = shown.filter((face) => agreementOf.get(face.face_id)?.outlier).length;

  return (
    <Card>
      <CardHeader
        title="Samples"
        description={
          outliers > 0
            ? `${outliers === 1 ? 'One does' : `${outliers} do`} not look like the others: open it to move or delete it.`
            : 'Agreement: how well a sample matches this person’s other samples (0–100).'
        }
      />
      {wanted ? (
        <p className="mx-5 mt-4 flex items-start gap-2.5 rounded-lg bg-warn-soft px-3.5 py-2.5 text-sm text-warn">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {wanted}
        </p>
      ) : null}
      {shown.length === 0 ? (
        <EmptyState
          icon={ImagePlus}
          title="No samples"
          description={`${nameOf(person)} cannot be recognised without one.`}
        />
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3 p-5" aria-label="Samples">
          {shown.map((face) => {
            const { trust = null, outlier = false } = agreementOf.get(face.face_id) ?? {};
            return (
              <li key={face.face_id}>
                <button
                  type="button"
                  className={cn(
                    'block w-full overflow-hidden rounded-xl border text-left hover:shadow-float',
                    outlier && 'border-warn ring-1 ring-warn',
                  )}
                  onClick={() => setOpenId(face.face_id)}
                >
                  <span className="sr-only">Open sample {face.face_id}</span>
                  <FaceCrop faceId={face.face_id} version={face.updated_at} alt="" className="w-full rounded-none" />
                  <span className="flex flex-col items-start gap-1 px-2.5 py-2 text-xs text-muted">
                    <QualityBadge score={face.quality.score} />
                    {outlier ? (
                      <span className="flex items-center gap-1 font-medium text-warn">
                        <TriangleAlert className="size-3.5" aria-hidden />
                        looks different
                      </span>
                    ) : (
                      <span>{trust === null ? 'only sample' : `agreement ${wholeTrust(trust)}`}</span>
                    )}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <SampleSheet
        face={shown.find((face) => face.face_id === openId) ?? null}
        editable={editable}
        onClose={() => setOpenId(null)}
        onDelete={(id) => {
          setOpenId(null);
          remove([id]);
        }}
      />
    </Card>
  );
}
