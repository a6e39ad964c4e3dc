'use client';
import { ExternalLink, ImageUp, Trash2, UserRoundPen } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { changeFace } from '@/lib/shared/contract/gallery';
import { type Attribute, AttributeRows, argsOf, attributesOf } from '../../_components/faces/AttributeRows';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { QualityBadge } from '../../_components/faces/QualityBadge';
import { nameOf } from '../../_components/people/nameOf';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import type { ListedFace } from './ListedFace';
import { ReplaceImage } from './ReplaceImage';
import { MoveSamples } from './SelectionBar';

interface SampleSheetProps {
  face: ListedFace | null;
  editable: boolean;
  onClose: () => void;
  onDelete: (id: number) => void;
}

/** Shows all about one sample, with its actions. */
export function SampleSheet({ face, editable, onClose, onDelete }: SampleSheetProps) {
  return (
    <Dialog
      open={face !== null}
      onOpenChange={(open) => !open && onClose()}
      title={face ? `Sample ${face.face_id}` : 'Sample'}
      className="max-w-2xl"
      toRead
    >
      {face ? (
        <SampleDetails key={face.face_id} face={face} editable={editable} onClose={onClose} onDelete={onDelete} />
      ) : null}
    </Dialog>
  );
}

function SampleDetails({ face, editable, onClose, onDelete }: Omit<SampleSheetProps, 'face'> & { face: ListedFace }) {
  const [doing, setDoing] = useState<'move' | 'replace' | null>(null);
  const { quality } = face;
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[11rem_minmax(0,1fr)]">
        <FaceCrop
          faceId={face.face_id}
          version={face.updated_at}
          alt={`Sample ${face.face_id}`}
          className="w-full max-w-44 rounded-xl"
        />
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-5 gap-y-2 text-sm">
          <Fact label="Person">
            {face.person ? (
              <Link href={`/people/${face.person.person_id}`} className="font-medium text-accent hover:underline">
                {nameOf(face.person)}
              </Link>
            ) : (
              'Unassigned'
            )}
          </Fact>
          <Fact label="Quality">
            <QualityBadge score={quality.score} />
          </Fact>
          <Fact label="Eye distance">{Math.round(quality.size)} px</Fact>
          <Fact label="Sharpness">{Math.round(quality.sharpness * 100)} of 100</Fact>
          <Fact label="Pose">
            Turned {Math.round(Math.abs(quality.pose.yaw))}°, tilted {Math.round(Math.abs(quality.pose.pitch))}°
          </Fact>
          <Fact label="Added">
            <Time value={face.created_at} />
          </Fact>
          {face.source_url ? (
            <Fact label="Source">
              <a
                href={face.source_url}
                target="_blank"
                rel="noreferrer noopener"
                className="inline-flex max-w-full items-center gap-1 text-accent hover:underline"
              >
                <span className="truncate">{face.source_url}</span>
                <ExternalLink className="size-3.5 shrink-0" aria-hidden />
              </a>
            </Fact>
          ) : null}
        </dl>
      </div>
      {editable ? (
        <>
          <AttributesForm face={face} />
          <div className="mt-6 flex flex-wrap gap-2 border-t pt-4">
            <Button onClick={() => setDoing('replace')}>
              <ImageUp aria-hidden />
              Replace image
            </Button>
            <Button onClick={() => setDoing('move')}>
              <UserRoundPen aria-hidden />
              Move to…
            </Button>
            <Button variant="quietDanger" className="ml-auto" onClick={() => onDelete(face.face_id)}>
              <Trash2 aria-hidden />
              Delete
            </Button>
          </div>
          <MoveSamples
            ids={[face.face_id]}
            open={doing === 'move'}
            onOpenChange={(open) => setDoing(open ? 'move' : null)}
            onMoved={onClose}
            exclude={face.person?.person_id}
          />
          <ReplaceImage
            face={face}
            open={doing === 'replace'}
            onOpenChange={(open) => setDoing(open ? 'replace' : null)}
          />
        </>
      ) : (
        <dl className="mt-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2 border-t pt-4 text-sm">
          {attributesOf(face.unique_args).map((row) => (
            <Fact key={row.id} label={row.key}>
              {row.value}
            </Fact>
          ))}
        </dl>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function AttributesForm({ face }: { face: ListedFace }) {
  const [rows, setRows] = useState<Attribute[]>(() => attributesOf(face.unique_args));
  const [changed, setChanged] = useState(false);
  const { run, error, pending } = useChange();
  return (
    <form
      className="mt-5 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(
          () =>
            call(changeFace, {
              params: { face_id: face.face_id },
              body: { unique_args: argsOf(rows, face.unique_args) },
            }),
          { done: 'The attributes are saved.', after: () => setChanged(false) },
        );
      }}
    >
      <AttributeRows
        rows={rows}
        onChange={(next) => {
          setRows(next);
          setChanged(true);
        }}
      />
      {error ? <ErrorNotice error={error} className="mt-3" /> : null}
      {changed ? (
        <Button type="submit" variant="primary" size="sm" className="mt-3" pending={pending}>
          Save attributes
        </Button>
      ) : null}
    </form>
  );
}
