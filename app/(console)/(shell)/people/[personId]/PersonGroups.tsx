'use client';
import Link from 'next/link';
import { useState } from 'react';
import { GroupChoice, type GroupOption } from '../../../_components/people/GroupChoice';
import { Badge } from '../../../_components/ui/Badge';
import { Button } from '../../../_components/ui/Button';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { api } from '../../../_lib/api';
import { useChange } from '../../../_lib/useChange';
import type { Person } from './PersonHeader';

interface PersonGroupsProps {
  person: Person;
  groups: GroupOption[];
  editable: boolean;
}

/** The groups of a person: their names, and the form that changes them. */
export function PersonGroups({ person, groups, editable }: PersonGroupsProps) {
  const before = groups.filter(({ name }) => person.groups.includes(name)).map(({ group_id }) => group_id);
  const [editing, setEditing] = useState(false);
  const [chosen, setChosen] = useState(before);
  const { run, error, pending } = useChange();

  if (!editing) {
    return (
      <div className="flex flex-wrap items-center gap-1.5 p-5">
        {before.length === 0 ? <p className="text-sm text-muted">In no group.</p> : null}
        {groups
          .filter(({ group_id }) => before.includes(group_id))
          .map(({ group_id, name }) => (
            <Link key={group_id} href={`/people?group=${group_id}`} className="hover:underline">
              <Badge>{name}</Badge>
            </Link>
          ))}
        {editable ? (
          <Button
            size="sm"
            className="ml-auto"
            onClick={() => {
              setChosen(before);
              setEditing(true);
            }}
          >
            Change groups
          </Button>
        ) : null}
      </div>
    );
  }
  const names = groups.filter(({ group_id }) => chosen.includes(group_id)).map(({ name }) => name);
  return (
    <form
      className="p-5"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => api.people.change(person.person_id, { groups: names }), {
          done: 'Saved.',
          after: () => setEditing(false),
        });
      }}
    >
      <GroupChoice legend="In these groups" groups={groups} chosen={chosen} onChange={setChosen} />
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <div className="mt-4 flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          Save groups
        </Button>
        <Button onClick={() => setEditing(false)}>Cancel</Button>
      </div>
    </form>
  );
}
