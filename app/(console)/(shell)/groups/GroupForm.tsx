'use client';
import { useState } from 'react';
import type { z } from 'zod';
import type { group } from '@/lib/shared/contract/groups';
import { Checkbox } from '../../_components/ui/Checkbox';
import { Field } from '../../_components/ui/Field';
import { FormActions } from '../../_components/ui/FormActions';
import { Input, Textarea } from '../../_components/ui/Input';
import { useChange } from '../../_lib/useChange';

export type Group = z.output<typeof group>;

/** What the form says of a group. */
export interface GroupValues {
  name: string;
  colour: string | null;
  note: string | null;
}

/** Offered when somebody chooses to have a colour. */
const FIRST_COLOUR = '#2563eb';

interface GroupFormProps {
  before?: Group;
  /** The verb on the button. */
  submit: string;
  save: (values: GroupValues) => Promise<unknown>;
  /** Said when it is saved. */
  done: (values: GroupValues) => string;
  onClose: () => void;
}

/** Name, colour and note of a group. */
export function GroupForm({ before, submit, save, done, onClose }: GroupFormProps) {
  const { run, error, pending } = useChange();
  const [name, setName] = useState(before?.name ?? '');
  const [colour, setColour] = useState(before?.colour ?? null);
  const [note, setNote] = useState(before?.note ?? '');
  const values = { name: name.trim(), colour, note: note.trim() || null };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => save(values), { done: done(values), after: onClose });
      }}
    >
      <Field label="Name" hint="Such as a department, a class or a shift.">
        <Input
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <div className="flex items-center gap-3 text-sm">
        <Checkbox
          id="with-colour"
          checked={colour !== null}
          onCheckedChange={(on) => setColour(on === true ? FIRST_COLOUR : null)}
        />
        <label htmlFor="with-colour">Colour</label>
        {colour === null ? null : (
          <input
            type="color"
            aria-label="Colour of the group"
            className="h-8 w-12 rounded border bg-surface"
            value={colour}
            onChange={(event) => setColour(event.target.value)}
          />
        )}
      </div>
      <Field label="Note (optional)">
        <Textarea rows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <FormActions submit={submit} error={error} pending={pending} onCancel={onClose} disabled={values.name === ''} />
    </form>
  );
}
