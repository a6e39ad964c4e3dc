'use client';
import { ScanFace } from 'lucide-react';
import { useState } from 'react';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { PictureInput } from '../../_components/picture/PictureInput';
import { type BoxedFace, PictureWithBoxes } from '../../_components/picture/PictureWithBoxes';
import { callInputOf } from '../../_components/picture/source';
import { usePicture } from '../../_components/picture/usePicture';
import { Card } from '../../_components/ui/Card';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Skeleton } from '../../_components/ui/Skeleton';
import { api } from '../../_lib/api';
import { CallDetails } from './CallDetails';
import { FaceResults, type MatchedFace, shownName } from './FaceResults';

function boxOf(face: MatchedFace): BoxedFace {
  return {
    position: face.position,
    label: face.face_id === null ? 'Unknown' : `${shownName(face)} ${wholeTrust(face.trust)}`,
    tone: face.face_id === null ? 'unknown' : 'known',
  };
}

export function RecogniseTab() {
  const [selected, setSelected] = useState<number | null>(null);
  const picture = usePicture(async (source, signal) => {
    setSelected(null);
    return api.faces.match({ ...callInputOf(source), signal });
  });
  const { source, preview, result, error, pending } = picture;

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Card className="p-5">
          <PictureInput action="Recognise" pending={pending} onPick={picture.pick} />
          {error ? <ErrorNotice error={error} className="mt-4" /> : null}
        </Card>
        {preview ? (
          <Card className="p-3">
            <PictureWithBoxes
              preview={preview}
              alt="The picture that is tried"
              faces={result?.faces.map(boxOf) ?? []}
              selected={selected}
              onSelect={setSelected}
            />
          </Card>
        ) : pending ? (
          <Skeleton className="aspect-video w-full rounded-xl" />
        ) : null}
      </div>
      <div className="flex min-w-0 flex-col gap-5" aria-live="polite">
        {result && source ? (
          <>
            <FaceResults faces={result.faces} selected={selected} onSelect={setSelected} preview={preview} />
            <CallDetails source={source} answer={result} />
          </>
        ) : pending ? (
          <Skeleton className="h-64 w-full rounded-xl" />
        ) : (
          <Card>
            <EmptyState icon={ScanFace} title="No picture yet" description="Choose a picture to see who is in it." />
          </Card>
        )}
      </div>
    </div>
  );
}
