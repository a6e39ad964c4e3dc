'use client';
import { UsersRound, X } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { group } from '@/lib/shared/contract/groups';
import { Button } from '../../_components/ui/Button';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { api } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

type Group = z.output<typeof group>;

interface BulkGroupsProps {
  /** Ids of the selected people. */
  selected: number[];
  /** Ids of the people that the list has loaded, and whether these are all that match its filter. */
  shown: number[];
  complete: boolean;
  filter: { q: string; group_id: string | undefined };
  groups: Group[];
  onSelect: (ids: number[]) => void;
}

/** The bar of the selected people: adds them, or everybody who matches the filter, to a group or removes them. */
export function BulkGroups({ selected, shown, complete, filter, groups, onSelect }: BulkGroupsProps) {
  const [everybody, setEverybody] = useState(false);
  const [doing, setDoing] = useState<'add' | 'remove' | null>(null);
  if (selected.length === 0) return null;
  const allShown = shown.every((id) => selected.includes(id));
  const clear = () => {
    setEverybody(false);
    onSelect([]);
  };
  const who = everybody ? 'everybody who matches' : selected.length === 1 ? '1 person' : `${selected.length} people`;
  return (
    <>
      <section
        aria-label="Selected people"
        className="rise-in fixed inset-x-4 bottom-4 z-30 mx-auto flex max-w-2xl flex-wrap items-center gap-2 rounded-2xl border bg-raised p-2 pl-4 shadow-float"
      >
        <span className="flex-1 text-sm font-medium" aria-live="polite">
          {everybody ? 'All that match selected' : `${selected.length} selected`}
        </span>
        {everybody ? null : allShown && !complete ? (
          <Button size="sm" variant="ghost" onClick={() => setEverybody(true)}>
            Select all that match
          </Button>
        ) : allShown ? null : (
          <Button size="sm" variant="ghost" onClick={() => onSelect(shown)}>
            Select all shown
          </Button>
        )}
        <Button size="sm" onClick={() => setDoing('add')}>
          <UsersRound aria-hidden />
          Add to group…
        </Button>
        <Button size="sm" disabled={groups.length === 0} onClick={() => setDoing('remove')}>
          Remove from group…
        </Button>
        <Button size="sm" variant="ghost" aria-label="Clear the selection" onClick={clear}>
          <X aria-hidden />
        </Button>
      </section>
      <Dialog
        open={doing !== null}
        onOpenChange={(open) => !open && setDoing(null)}
        title={doing === 'remove' ? 'Remove from a group' : 'Add to a group'}
        description={`Applies to ${who}.`}
      >
        <ChooseGroup
          adding={doing !== 'remove'}
          groups={groups}
          chosen={filter.group_id}
          people={everybody ? { matching: { q: filter.q, group_id: filter.group_id } } : { person_ids: selected }}
          onDone={() => {
            setDoing(null);
            clear();
          }}
          onCancel={() => setDoing(null)}
        />
      </Dialog>
    </>
  );
}

/** As the value of the select: make a group. */
const NEW = 'new';
/** People that one call takes by their ids. */
const AT_ONCE = 1_000;

interface ChooseGroupProps {
  adding: boolean;
  groups: Group[];
  /** Id of the group that the list is filtered by. */
  chosen: string | undefined;
  people: { person_ids: number[] } | { matching: { q: string; group_id: string | undefined } };
  onDone: () => void;
  onCancel: () => void;
}

/** Mounted with the dialog, so that each opening starts empty. */
function ChooseGroup({ adding, groups, chosen, people, onDone, onCancel }: ChooseGroupProps) {
  const initial = (adding ? undefined : chosen) ?? String(groups[0]?.group_id ?? NEW);
  const [groupId, setGroupId] = useState(initial);
  const [name, setName] = useState('');
  const { run, error, pending } = useChange();

  async function change(): Promise<{ name: string; changed: number }> {
    const target = groupId === NEW ? (await api.groups.create({ name })).group_id : Number(groupId);
    if ('matching' in people) return api.groups.setPeople(target, { member: adding, matching: people.matching });
    const result = { name: '', changed: 0 };
    for (let start = 0; start < people.person_ids.length; start += AT_ONCE) {
      const person_ids = people.person_ids.slice(start, start + AT_ONCE);
      const part = await api.groups.setPeople(target, { member: adding, person_ids });
      result.name = part.name;
      result.changed += part.changed;
    }
    return result;
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(change, { done: (result) => doneInWords(result, adding), after: onDone });
      }}
    >
      <Field label="Group">
        <Select className="w-full" value={groupId} onChange={(event) => setGroupId(event.target.value)}>
          {groups.map(({ group_id, name }) => (
            <option key={group_id} value={group_id}>
              {name}
            </option>
          ))}
          {adding ? <option value={NEW}>New group…</option> : null}
        </Select>
      </Field>
      {groupId === NEW ? (
        <Field label="Name of the group" className="mt-4">
          <Input required autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      ) : null}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {adding ? 'Add to group' : 'Remove from group'}
        </Button>
      </DialogActions>
    </form>
  );
}

function doneInWords({ name, changed }: { name: string; changed: number }, adding: boolean): string {
  const people = changed === 1 ? '1 person' : `${changed.toLocaleString('en')} people`;
  return adding ? `Added ${people} to ${name}.` : `Removed ${people} from ${name}.`;
}
