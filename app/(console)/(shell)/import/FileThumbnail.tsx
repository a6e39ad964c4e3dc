'use client';
import { ImageOff, Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '../../_components/ui/cn';
import type { SourceFile } from './chosenSources';

interface FileThumbnailProps {
  file: SourceFile;
  isLeftOut: boolean;
  onToggle: () => void;
}

/** A file's picture as this browser shows it, with its name; a click leaves it out or takes it back. */
export function FileThumbnail({ file, isLeftOut, onToggle }: FileThumbnailProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file.file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const Icon = isLeftOut ? Undo2 : X;
  return (
    <button
      type="button"
      aria-pressed={isLeftOut}
      aria-label={`Leave out ${file.shown}`}
      title={file.shown}
      onClick={onToggle}
      className="group block w-20 rounded-lg text-left"
    >
      <span className="relative flex size-20 items-center justify-center overflow-hidden rounded-lg bg-sunken text-muted">
        {url && !broken ? (
          <img
            src={url}
            alt=""
            loading="lazy"
            decoding="async"
            className={cn('size-full object-cover', isLeftOut && 'opacity-25 grayscale')}
            onError={() => setBroken(true)}
          />
        ) : (
          <ImageOff className="size-5" aria-hidden />
        )}
        <span className="absolute top-1 right-1 rounded-md bg-raised/90 p-0.5 text-ink" aria-hidden>
          <Icon className="size-3.5" />
        </span>
      </span>
      <span className={cn('mt-1 block truncate text-xs text-muted', isLeftOut && 'line-through')}>
        {file.shown.split('/').at(-1)}
      </span>
    </button>
  );
}
