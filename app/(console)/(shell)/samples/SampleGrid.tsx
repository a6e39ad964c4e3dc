'use client';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { QualityBadge } from '../../_components/faces/QualityBadge';
import { nameOf } from '../../_components/people/nameOf';
import { CardGrid } from '../../_components/ui/CardGrid';
import { Checkbox } from '../../_components/ui/Checkbox';
import { cn } from '../../_components/ui/cn';
import { Time } from '../../_components/ui/Time';
import type { ListedFace } from './ListedFace';

export interface SampleViewProps {
  faces: ListedFace[];
  selected: ReadonlySet<number>;
  onToggle: (id: number) => void;
  onOpen: (id: number) => void;
  editable: boolean;
}

const CARD = { width: 158, text: 76 };

export function SampleGrid({ faces, ...props }: SampleViewProps) {
  return (
    <CardGrid label="Samples" items={faces} idOf={({ face_id }) => face_id} card={CARD}>
      {(face) => <SampleCard face={face} {...props} />}
    </CardGrid>
  );
}

function SampleCard({
  face,
  selected,
  onToggle,
  onOpen,
  editable,
}: Omit<SampleViewProps, 'faces'> & { face: ListedFace }) {
  const name = face.person ? nameOf(face.person) : 'Unassigned';
  const chosen = selected.has(face.face_id);
  return (
    <article
      className={cn(
        'group relative overflow-hidden rounded-xl border bg-surface shadow-card',
        chosen && 'ring-2 ring-accent',
      )}
    >
      <button
        type="button"
        className="block w-full text-left focus-visible:-outline-offset-2"
        onClick={() => onOpen(face.face_id)}
      >
        <span className="sr-only">Open sample {face.face_id} of</span>
        <FaceCrop faceId={face.face_id} version={face.updated_at} alt="" className="w-full rounded-none" />
        <span className="block px-3 pt-2 pb-2.5">
          <span className={cn('block truncate text-sm font-medium', !face.person && 'text-muted')}>{name}</span>
          <span className="mt-1.5 flex items-center justify-between gap-2 text-xs text-muted">
            <QualityBadge score={face.quality.score} />
            <Time value={face.created_at} />
          </span>
        </span>
      </button>
      {editable ? (
        <Checkbox
          checked={chosen}
          onCheckedChange={() => onToggle(face.face_id)}
          aria-label={`Select sample ${face.face_id}`}
          className={cn(
            'absolute top-2 left-2 size-5 shadow-card transition-opacity',
            !chosen && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
          )}
        />
      ) : null}
    </article>
  );
}
