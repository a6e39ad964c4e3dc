'use client';
import { Group as GroupIcon, Pencil, SearchX, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { GroupDot } from '../../_components/people/GroupDot';
import { ActionMenu } from '../../_components/ui/ActionMenu';
import { Card } from '../../_components/ui/Card';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { Dialog } from '../../_components/ui/Dialog';
import { EmptyState } from '../../_components/ui/EmptyState';
import { MenuItem, MenuSeparator } from '../../_components/ui/Menu';
import { SearchInput } from '../../_components/ui/SearchInput';
import { api } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import { useFilters } from '../../_lib/useFilters';
import type { GroupFilters } from './filters';
import { type Group, GroupForm } from './GroupForm';

interface GroupsBrowserProps {
  groups: Group[];
  filters: GroupFilters;
  editable: boolean;
}

export function GroupsBrowser({ groups, filters, editable }: GroupsBrowserProps) {
  const { change, pending } = useFilters(filters);
  const { run } = useChange();
  const [editing, setEditing] = useState<Group | null>(null);
  const [deleting, setDeleting] = useState<Group | null>(null);
  return (
    <>
      <search className="mb-5 flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search groups"
          placeholder="Search by name"
          value={filters.q}
          pending={pending}
          onSearch={(q) => change({ q })}
        />
        <span className="text-sm text-muted" role="status">
          {groups.length === 1 ? '1 group' : `${groups.length} groups`}
        </span>
      </search>
      <Card className="overflow-hidden">
        {groups.length === 0 ? (
          <NoGroups q={filters.q} editable={editable} />
        ) : (
          <ul aria-label="Groups" className="divide-y">
            {groups.map((group) => (
              <li key={group.group_id} className="flex items-center gap-3 px-5 py-3">
                <GroupDot colour={group.colour} />
                <div className="min-w-0 flex-1">
                  <Link
                    href={`/people?group=${group.group_id}`}
                    className="block truncate text-sm font-medium hover:underline"
                  >
                    {group.name}
                  </Link>
                  {group.note ? <p className="truncate text-[13px] text-muted">{group.note}</p> : null}
                </div>
                <span className="text-sm whitespace-nowrap text-muted tabular-nums">{peopleInWords(group.people)}</span>
                {editable ? (
                  <ActionMenu quiet label={`Actions for ${group.name}`}>
                    <MenuItem onSelect={() => setEditing(group)}>
                      <Pencil aria-hidden />
                      Edit…
                    </MenuItem>
                    <MenuSeparator />
                    <MenuItem danger onSelect={() => setDeleting(group)}>
                      <Trash2 aria-hidden />
                      Delete…
                    </MenuItem>
                  </ActionMenu>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Dialog open={editing !== null} onOpenChange={(open) => !open && setEditing(null)} title="Edit group">
        {editing ? (
          <GroupForm
            before={editing}
            submit="Save changes"
            save={(values) => api.groups.change(editing.group_id, values)}
            done={() => 'Saved.'}
            onClose={() => setEditing(null)}
          />
        ) : null}
      </Dialog>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete ${deleting?.name ?? ''}?`}
        description={`Its ${peopleInWords(deleting?.people ?? 0)} stay. Phones and API keys that are limited to this group alone recognise nobody afterwards.`}
        action="Delete group"
        onConfirm={async () => {
          if (!deleting) return;
          await api.groups.remove(deleting.group_id);
          await run(async () => undefined, { done: `${deleting.name} is deleted.` });
        }}
      />
    </>
  );
}

function NoGroups({ q, editable }: { q: string; editable: boolean }) {
  return q ? (
    <EmptyState icon={SearchX} title={`No groups match “${q}”`} description="Try another part of the name." />
  ) : (
    <EmptyState
      icon={GroupIcon}
      title="No groups yet"
      description={editable ? 'Add a group, or import a list with a column of groups.' : 'An operator can add groups.'}
    />
  );
}

const peopleInWords = (count: number): string => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`);
