import { useEffect, useId, useState } from 'react';
import type { Portrait } from '@/lib/phone/recognition/VisionClient';
import { Button } from './Button';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** Adds an unknown person in the field. */
export function EnrolDialog({
  scan: { session },
  track,
  onClose,
}: {
  scan: ScanView;
  track: number;
  onClose: () => void;
}) {
  const [portrait, setPortrait] = useState<Portrait | null | 'looking'>('looking');
  const [picture, setPicture] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const field = useId();
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    void session.capture(track).then((captured) => {
      if (gone) return;
      setPortrait(captured);
      if (captured) {
        url = URL.createObjectURL(captured.picture);
        setPicture(url);
      }
    });
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [session, track]);

  const ready = portrait !== null && portrait !== 'looking';
  return (
    <Sheet title="Add this person" wide onClose={onClose}>
      <div className="short:flex-row short:items-center flex flex-col gap-5">
        {portrait === null && (
          <p className="text-muted">
            The face is no longer in the picture. Close this and try again while it is visible.
          </p>
        )}
        {picture && (
          <img
            src={picture}
            alt="The face to add"
            className="short:mx-0 mx-auto size-40 shrink-0 rounded-2xl object-cover"
          />
        )}
        <form
          className="flex min-w-0 flex-1 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!ready) return;
            session.enrol(name.trim(), portrait).then(onClose, (cause: unknown) => setError(String(cause)));
          }}
        >
          <label htmlFor={field} className="font-medium text-sm">
            Name
          </label>
          <input
            id={field}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={200}
            autoComplete="off"
            className="min-h-12 rounded-xl border border-line-strong bg-surface px-4 text-base"
          />
          <p className="text-muted text-sm">
            Recognised on this device at once; on your server as soon as it is reached. Ask for their consent first.
          </p>
          {error && (
            <p role="alert" className="text-bad text-sm">
              {error}
            </p>
          )}
          <Button look="primary" type="submit" disabled={!ready || name.trim() === ''}>
            Add
          </Button>
        </form>
      </div>
    </Sheet>
  );
}
