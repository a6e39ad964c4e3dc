'use client';
import { useEffect, useId, useState } from 'react';
import type { z } from 'zod';
import { deleteImportRow, type importRow, repairImportRow } from '@/lib/shared/contract/imports';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { PictureWithBoxes } from '../../../_components/picture/PictureWithBoxes';
import { Button } from '../../../_components/ui/Button';
import { Dialog, DialogActions } from '../../../_components/ui/Dialog';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { Field } from '../../../_components/ui/Field';
import { Input } from '../../../_components/ui/Input';
import { Skeleton } from '../../../_components/ui/Skeleton';
import { call } from '../../../_lib/api';
import { loadRowPicture, type RowPicture } from './loadRowPicture';
import { repairOf, textOf } from './repairOf';

type Row = z.output<typeof importRow>;

/** `error_type` of a picture with several faces, and of a face that is somebody else's. */
const SEVERAL_FACES = 2001;
const DIFFERENT_PERSON = 2010;

interface RepairRowProps {
  importId: number;
  row: Row;
  onClose: () => void;
  /** The row is tried again, or removed. */
  onDone: () => void;
}

/** A dialog for a failed row: another address, name or face, or away with it. */
export function RepairRow({ importId, row, onClose, onDone }: RepairRowProps) {
  const form = useId();
  const isUrl = /^https?:/i.test(row.source);
  const [url, setUrl] = useState(isUrl ? row.source : '');
  const [name, setName] = useState(textOf(row.unique_args.user_name));
  const [userId, setUserId] = useState(textOf(row.unique_args.user_id));
  const [picture, setPicture] = useState<RowPicture | null>(null);
  const [missing, setMissing] = useState<unknown>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState<'save' | 'keep' | 'remove' | null>(null);
  const isOther = row.error_type === DIFFERENT_PERSON;
  const choosesFace = row.error_type === SEVERAL_FACES;

  useEffect(() => {
    const ended = new AbortController();
    let made: RowPicture | undefined;
    loadRowPicture({ importId, row: row.row, findFaces: choosesFace, signal: ended.signal }).then(
      (loaded) => {
        made = loaded;
        if (ended.signal.aborted) URL.revokeObjectURL(loaded.preview.url);
        else setPicture(loaded);
      },
      (failure) => {
        if (!ended.signal.aborted) setMissing(failure);
      },
    );
    return () => {
      ended.abort();
      if (made) URL.revokeObjectURL(made.preview.url);
    };
  }, [importId, row.row, choosesFace]);

  async function run(what: 'save' | 'keep' | 'remove', work: () => Promise<unknown>) {
    setPending(what);
    setError(null);
    try {
      await work();
      onDone();
    } catch (failure) {
      setError(failure);
      setPending(null);
    }
  }

  const params = { import_id: importId, row: row.row };
  const repair = (more: { if_different?: 'keep' }) => {
    const position = chosen === null ? undefined : picture?.faces[chosen];
    return call(repairImportRow, {
      params,
      body: { ...repairOf(row, { url, name, userId, position }), ...more },
    });
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Repair row ${row.row}`}
      description={row.error_message}
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          void run('save', () => repair({}));
        }}
      >
        {isOther ? (
          <div className="grid grid-cols-2 gap-3 text-[13px] text-muted">
            <figure>
              <PlainPicture picture={picture} failed={missing !== null} alt="This row" />
              <figcaption className="mt-1">This row</figcaption>
            </figure>
            <figure>
              <FaceCrop faceId={row.differs_from} alt={`Enrolled as ${name || 'the same person'}`} className="w-full" />
              <figcaption className="mt-1">Enrolled with the same name or ID</figcaption>
            </figure>
          </div>
        ) : choosesFace && picture ? (
          <PictureWithBoxes
            preview={picture.preview}
            alt={`Picture of row ${row.row}`}
            faces={picture.faces.map((position, index) => ({
              position,
              label: chosen === index ? 'Chosen' : 'Choose',
              tone: chosen === index ? ('known' as const) : ('unknown' as const),
            }))}
            selected={chosen}
            onSelect={setChosen}
          />
        ) : (
          <PlainPicture picture={picture} failed={missing !== null} alt={`Picture of row ${row.row}`} />
        )}
        {choosesFace && picture ? <p className="mt-2 text-[13px] text-muted">Choose the face of the person.</p> : null}
        <div className="mt-4 flex flex-col gap-3">
          <Field label="Name" hint={isOther ? 'Another name makes another person.' : undefined}>
            <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label="User ID">
            <Input value={userId} maxLength={200} onChange={(event) => setUserId(event.target.value)} />
          </Field>
          <Field
            label="Photo URL"
            hint={isUrl ? undefined : `Replaces the picture ${row.source.split('/').at(-1)?.slice(-80)}.`}
          >
            <Input type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
          </Field>
        </div>
        {error ? <ErrorNotice error={error} className="mt-4" /> : null}
        <DialogActions>
          <Button
            variant="quietDanger"
            className="mr-auto"
            pending={pending === 'remove'}
            disabled={pending !== null}
            onClick={() => void run('remove', () => call(deleteImportRow, { params }))}
          >
            Skip row
          </Button>
          {isOther ? (
            <Button
              pending={pending === 'keep'}
              disabled={pending !== null}
              onClick={() => void run('keep', () => repair({ if_different: 'keep' }))}
            >
              It is the same person
            </Button>
          ) : null}
          <Button type="submit" variant="primary" pending={pending === 'save'} disabled={pending !== null}>
            Try again
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function PlainPicture({ picture, failed, alt }: { picture: RowPicture | null; failed: boolean; alt: string }) {
  if (failed) return <p className="rounded-lg bg-sunken p-4 text-[13px] text-muted">The picture cannot be shown.</p>;
  if (!picture) return <Skeleton className="h-40 w-full" />;
  const { url, width, height } = picture.preview;
  return (
    <img
      src={url}
      alt={alt}
      width={width}
      height={height}
      className="mx-auto max-h-64 w-auto max-w-full rounded-lg object-contain"
    />
  );
}
