'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { QualityBadge } from '../../_components/faces/QualityBadge';
import { nameOf } from '../../_components/people/nameOf';
import { Checkbox } from '../../_components/ui/Checkbox';
import { cn } from '../../_components/ui/cn';
import { Time } from '../../_components/ui/Time';
import type { ListedFace } from './SamplesBrowser';

export interface SampleViewProps {
  faces: ListedFace[];
  selected: ReadonlySet<number>;
  onToggle: (id: number) => void;
  onOpen: (id: number) => void;
  editable: boolean;
}

/** Least width of a card and its height beside the picture, in pixels; the gap is between and below cards. */
const CARD = { width: 158, text: 76, gap: 14 };

/** Only the rows near the window are in the page, so that a hundred thousand samples scroll like a hundred. */
export function SampleGrid({ faces, ...props }: SampleViewProps) {
  const list = useRef<HTMLUListElement>(null);
  const [layout, setLayout] = useState({ width: 0, top: 0 });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () =>
      setLayout({ width: element.clientWidth, top: element.getBoundingClientRect().top + window.scrollY });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <ul ref={list} className="relative min-h-64" aria-label="Samples">
      {layout.width === 0 ? null : (
        // Another width gives rows another height: the virtualizer starts again.
        <VirtualRows key={layout.width} {...layout} faces={faces} {...props} />
      )}
    </ul>
  );
}

function VirtualRows({ width, top, faces, ...props }: SampleViewProps & { width: number; top: number }) {
  const columns = Math.max(2, Math.floor((width + CARD.gap) / (CARD.width + CARD.gap)));
  const cardWidth = (width - CARD.gap * (columns - 1)) / columns;
  const rows = useWindowVirtualizer({
    count: Math.ceil(faces.length / columns),
    estimateSize: () => cardWidth + CARD.text + CARD.gap,
    overscan: 4,
    scrollMargin: top,
  });
  return (
    <>
      {rows.getVirtualItems().map((row) => (
        <Fragment key={row.key}>
          {faces.slice(row.index * columns, (row.index + 1) * columns).map((face, column) => (
            <li
              key={face.face_id}
              className="absolute"
              style={{ width: cardWidth, left: column * (cardWidth + CARD.gap), top: row.start - top }}
            >
              <SampleCard face={face} {...props} />
            </li>
          ))}
        </Fragment>
      ))}
      <li aria-hidden style={{ height: rows.getTotalSize() }} />
    </>
  );
}

function SampleCard({
  face,
  selected,
  onToggle,
  onOpen,
  editable,
}: Omit<SampleViewProps, 'faces'> & { face: ListedFace }) {
  const name = face.person ? nameOf(face.person) : 'Nobody’s';
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
