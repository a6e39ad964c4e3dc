'use client';
import { FolderOpen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Progress } from '../../_components/ui/Progress';
import { filesOfDrop } from './filesOfDrop';
import { type NamedPicture, picturesOf, sendPictures } from './sendImport';

/** Chooses a folder instead of files. Every browser supports it, but React's types do not. */
const FOLDER_PICKER = { webkitdirectory: '' };

export function PicturesImport() {
  const router = useRouter();
  const fileId = useId();
  const folder = useRef<HTMLInputElement>(null);
  const [pictures, setPictures] = useState<NamedPicture[]>([]);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const people = new Set(pictures.map(({ person }) => person));
  const contents = `${counted(pictures.length, 'picture', 'pictures')} of ${counted(people.size, 'person', 'people')}`;

  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    // Allows choosing the same file again.
    target.value = '';
    void take(Promise.resolve(files));
  };

  async function take(files: Promise<{ path: string; file: File }[]>) {
    setError(null);
    try {
      const found = await picturesOf(await files);
      if (found.length === 0) throw new Error('There are no pictures in it.');
      setPictures(found);
    } catch (failure) {
      setError(failure);
    }
  }

  async function start() {
    setSent(0);
    setError(null);
    try {
      router.push(`/import/${await sendPictures(contents, pictures, setSent)}`);
    } catch (failure) {
      setError(failure);
      setSent(null);
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
        <span className="text-[13px] text-muted">Named by person: “Ada Lovelace/1.jpg” or “Ada Lovelace.jpg”.</span>
        <input id={fileId} type="file" multiple accept="image/*,.zip" className="sr-only" onChange={chosen} />
      </label>
      <input
        ref={folder}
        type="file"
        aria-label="Folder of pictures"
        {...FOLDER_PICKER}
        className="hidden"
        onChange={chosen}
      />
      <Button className="mt-3" onClick={() => folder.current?.click()}>
        <FolderOpen aria-hidden />
        Choose a folder
      </Button>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {pictures.length > 0 ? (
        <div className="mt-4">
          <p className="text-sm" role="status">
            {contents}: <span className="text-muted">{[...people].slice(0, 6).join(', ')}</span>
            {people.size > 6 ? ' …' : ''}
          </p>
          {sent === null ? (
            <Button variant="primary" className="mt-4" onClick={() => void start()}>
              Start import
            </Button>
          ) : (
            <Progress className="mt-4" label="Sending pictures" value={(sent / pictures.length) * 100} />
          )}
        </div>
      ) : null}
    </>
  );
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
