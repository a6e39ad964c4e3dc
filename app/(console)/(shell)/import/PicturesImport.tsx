'use client';
import { FolderOpen } from 'lucide-react';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { type ChosenSource, chosenSources } from './chosenSources';
import { filesOfDrop } from './filesOfDrop';
import { PicturesPreview } from './PicturesPreview';

/** Chooses a folder instead of files. Every browser supports it, but React's types do not. */
const FOLDER_PICKER = { webkitdirectory: '' };

/** @param mostBytes of a picture that the server takes */
export function PicturesImport({ mostBytes }: { mostBytes: number }) {
  const fileId = useId();
  const folder = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<{ sources: ChosenSource[]; id: number } | null>(null);
  const [error, setError] = useState<unknown>(null);

  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    // Allows choosing the same file again.
    target.value = '';
    void take(Promise.resolve(files));
  };

  async function take(files: Promise<{ path: string; file: File }[]>) {
    setError(null);
    try {
      const sources = await chosenSources(await files, { mostBytes });
      setChosen((before) => ({ sources, id: (before?.id ?? 0) + 1 }));
    } catch (failure) {
      setError(failure);
    }
  }

  return (
    <>
      <label
        htmlFor={fileId}
        className="flex min-h-40 flex-col items-center justify-center gap-1 rounded-xl border-2 border-dashed px-4 text-center text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent hover:bg-sunken"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(filesOfDrop(event.dataTransfer));
        }}
      >
        <span>
          Drop a folder or a ZIP, or <span className="font-medium text-accent">choose pictures or ZIP files</span>
        </span>
        <span className="text-[13px] text-muted">
          A folder for each person, or a picture for each: “Ada Lovelace/1.jpg” or “Ada Lovelace.jpg”.
        </span>
        <input
          id={fileId}
          type="file"
          multiple
          accept="image/*,.heic,.heif,.zip"
          className="sr-only"
          onChange={choose}
        />
      </label>
      <input
        ref={folder}
        type="file"
        aria-label="Folder of pictures"
        {...FOLDER_PICKER}
        className="hidden"
        onChange={choose}
      />
      <Button className="mt-3" onClick={() => folder.current?.click()}>
        <FolderOpen aria-hidden />
        Choose a folder
      </Button>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {chosen ? <PicturesPreview key={chosen.id} sources={chosen.sources} /> : null}
    </>
  );
}
