'use client';
import { useState } from 'react';
import { Button } from '../../_components/ui/Button';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import type { SourceFile } from './chosenSources';
import { counted } from './counted';
import { FileThumbnail } from './FileThumbnail';

/** Pictures shown at first. */
const FIRST = 6;

interface PersonPreviewProps {
  name: string;
  files: readonly SourceFile[];
  dropped: ReadonlySet<SourceFile>;
  /** Whether somebody else in the list has the same name. */
  isShared: boolean;
  /** Absent where the name is given elsewhere. */
  onRename?: (name: string) => void;
  onToggle: (file: SourceFile) => void;
}

/** One person of an import: the name, and the pictures, each of which can be left out. */
export function PersonPreview({ name, files, dropped, isShared, onRename, onToggle }: PersonPreviewProps) {
  const [all, setAll] = useState(false);
  const shown = all ? files : files.slice(0, FIRST);
  const left = files.filter((file) => !dropped.has(file)).length;
  return (
    <li className="flex flex-col gap-3 p-4 sm:flex-row sm:items-start">
      <div className="sm:w-64 sm:shrink-0">
        {onRename ? (
          <Field
            label={`Name, ${counted(files.length, 'picture', 'pictures')}`}
            hint={isShared ? 'Somebody else in this list has this name: they become one person.' : undefined}
          >
            <Input value={name} maxLength={200} onChange={(event) => onRename(event.target.value)} />
          </Field>
        ) : (
          <p className="text-sm font-medium">{counted(files.length, 'picture', 'pictures')}</p>
        )}
        {left < files.length ? <p className="mt-1 text-[13px] text-muted">{files.length - left} left out</p> : null}
      </div>
      <ul className="flex min-w-0 flex-1 flex-wrap gap-2" aria-label={`Pictures of ${name || 'this person'}`}>
        {shown.map((file) => (
          <li key={file.id}>
            <FileThumbnail file={file} isLeftOut={dropped.has(file)} onToggle={() => onToggle(file)} />
          </li>
        ))}
        {files.length > shown.length ? (
          <li>
            <Button size="sm" onClick={() => setAll(true)}>
              Show all {files.length}
            </Button>
          </li>
        ) : null}
      </ul>
    </li>
  );
}
