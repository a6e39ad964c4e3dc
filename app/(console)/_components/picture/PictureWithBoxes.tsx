'use client';
import type { z } from 'zod';
import type { position } from '@/lib/shared/contract/fields';
import { cn } from '../ui/cn';
import type { Preview } from './source';

export type Box = z.output<typeof position>;

export interface BoxedFace {
  position: Box;
  /** Text on the box, such as a name or a number. */
  label: string;
  tone: 'known' | 'unknown';
}

interface PictureWithBoxesProps {
  preview: Preview;
  alt: string;
  faces: BoxedFace[];
  selected: number | null;
  /** Makes the boxes buttons that choose a face. */
  onSelect?: (index: number) => void;
  className?: string;
}

const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(3)}%`;

/** A picture with a box around each face. Boxes are placed in percent, so that they fit at any size. */
export function PictureWithBoxes({ preview, alt, faces, selected, onSelect, className }: PictureWithBoxesProps) {
  const { width, height } = preview;
  return (
    <div
      className={cn('relative mx-auto w-full overflow-hidden rounded-xl bg-sunken', className)}
      style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(70vh * ${width / height})` }}
    >
      <img src={preview.url} alt={alt} width={width} height={height} className="absolute inset-0 size-full" />
      {faces.map((face, index) => (
        <FaceBox
          key={`${face.position.left},${face.position.top}`}
          face={face}
          number={index + 1}
          picture={preview}
          selected={selected === index}
          onSelect={onSelect && (() => onSelect(index))}
        />
      ))}
    </div>
  );
}

interface FaceBoxProps {
  face: BoxedFace;
  number: number;
  picture: Preview;
  selected: boolean;
  onSelect: (() => void) | undefined;
}

function FaceBox({
  face: { position, label, tone },
  number,
  picture: { width, height },
  selected,
  onSelect,
}: FaceBoxProps) {
  const known = tone === 'known';
  const box = {
    'data-testid': 'face-box',
    style: {
      left: percent(position.left, width),
      top: percent(position.top, height),
      width: percent(position.right - position.left, width),
      height: percent(position.bottom - position.top, height),
    },
    className: cn(
      'absolute rounded-md border-2 transition-shadow',
      known ? 'border-[#4ade80]' : 'border-[#fbbf24]',
      selected && 'ring-3 ring-white/90',
    ),
  };
  const tag = (
    <span
      className={cn(
        'absolute left-1/2 max-w-40 -translate-x-1/2 truncate rounded-md px-1.5 py-0.5 text-xs font-semibold text-black shadow',
        known ? 'bg-[#4ade80]' : 'bg-[#fbbf24]',
        position.top / height < 0.08 ? 'top-full mt-1' : 'bottom-full mb-1',
      )}
    >
      {label}
    </span>
  );
  if (!onSelect) return <span {...box}>{tag}</span>;
  return (
    <button type="button" aria-pressed={selected} aria-label={`Face ${number}: ${label}`} onClick={onSelect} {...box}>
      {tag}
    </button>
  );
}

/** One face of a picture, cropped with CSS: the preview is scaled and moved so that the box fills the square. */
export function FaceOfPicture({
  preview,
  box,
  alt,
  className,
}: {
  preview: Preview;
  box: Box;
  alt: string;
  className?: string;
}) {
  const side = Math.max(box.right - box.left, box.bottom - box.top) * 1.3;
  const left = (box.left + box.right - side) / 2;
  const top = (box.top + box.bottom - side) / 2;
  return (
    <span
      className={cn('relative block aspect-square overflow-hidden rounded-lg bg-sunken', className)}
      role="img"
      aria-label={alt}
    >
      <img
        src={preview.url}
        alt=""
        className="absolute max-w-none"
        style={{
          width: percent(preview.width, side),
          left: percent(-left, side),
          top: percent(-top, side),
        }}
      />
    </span>
  );
}
