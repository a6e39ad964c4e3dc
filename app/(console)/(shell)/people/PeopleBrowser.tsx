'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { z } from 'zod';
import type { group } from '@/lib/shared/contract/groups';
import type { listPeople } from '@/lib/shared/contract/people';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { FirstFaces } from '../../_components/faces/FirstFaces';
import { nameOf } from '../../_components/people/nameOf';
import { Badge } from '../../_components/ui/Badge';
import { Card } from '../../_components/ui/Card';
import { CardGrid } from '../../_components/ui/CardGrid';
import { Checkbox } from '../../_components/ui/Checkbox';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Select } from '../../_components/ui/Input';
import { MoreOnScroll } from '../../_components/ui/MoreOnScroll';
import { SearchInput } from '../../_components/ui/SearchInput';
import { api } from '../../_lib/api';
import { useFilters } from '../../_lib/useFilters';
import { BulkGroups } from './BulkGroups';
import type { PeopleFilters } from './filters';

type PeoplePage = z.output<(typeof listPeople)['answer']>;
type ListedPerson = PeoplePage['people'][number];

const CARD = { width: 152, text: 62 };

interface PeopleBrowserProps {
  filters: PeopleFilters;
  firstPage: PeoplePage;
  editable: boolean;
  groups: z.output<typeof group>[];
}

export function PeopleBrowser({ filters, firstPage, editable, groups }: PeopleBrowserProps) {
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const { change, pending } = useFilters(filters);
  const { q, order, group: groupId } = filters;
  const list = useInfiniteQuery({
    queryKey: ['people', q, order, groupId, firstPage],
    queryFn: ({ pageParam }) =>
      api.people.list({ q, order, group_id: groupId || undefined, cursor: pageParam, limit: 60 }),
    initialPageParam: undefined as string | undefined,
    initialData: { pages: [firstPage], pageParams: [undefined] },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const people = list.data.pages.flatMap((page) => page.people);
  return (
    <>
      <search className="mb-5 flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search people"
          placeholder="Search by name or ID"
          value={q}
          pending={pending}
          onSearch={(text) => change({ q: text })}
        />
        <Select
          aria-label="Sort"
          value={order}
          onChange={(event) => change({ order: event.target.value as PeopleFilters['order'] })}
        >
          <option value="newest">Newest first</option>
          <option value="name">By name</option>
        </Select>
        {groups.length > 0 ? (
          <Select
            aria-label="Group"
            className="max-w-48"
            value={groupId}
            onChange={(event) => change({ group: event.target.value })}
          >
            <option value="">All groups</option>
            {groups.map(({ group_id, name, people }) => (
              <option key={group_id} value={group_id}>
                {name} ({people.toLocaleString('en')})
              </option>
            ))}
          </Select>
        ) : null}
      </search>
      {people.length === 0 ? (
        <Card>
          {q || groupId ? (
            <EmptyState
              icon={SearchX}
              title={q ? `No people match “${q}”` : 'Nobody is in this group'}
              description={
                q
                  ? 'Try the beginning of a name or an ID.'
                  : 'Show all groups, select people, and add them to this one.'
              }
            />
          ) : (
            <EmptyState
              icon={UsersRound}
              title="No people yet"
              description={editable ? 'Add a photo with a name, or import a list.' : 'An operator can add people.'}
              action={editable ? <FirstFaces /> : null}
            />
          )}
        </Card>
      ) : (
        <CardGrid label="People" items={people} idOf={({ person_id }) => person_id} card={CARD}>
          {(person) => (
            <PersonCard
              person={person}
              selected={selected.has(person.person_id)}
              onSelect={editable ? (on) => setSelected(withOrWithout(selected, person.person_id, on)) : undefined}
            />
          )}
        </CardGrid>
      )}
      {list.error ? <ErrorNotice error={list.error} className="mt-4" /> : null}
      {list.hasNextPage ? (
        <MoreOnScroll loading={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      ) : null}
      {editable ? (
        <BulkGroups
          key={`${q} ${groupId}`}
          selected={[...selected]}
          shown={people.map(({ person_id }) => person_id)}
          complete={!list.hasNextPage}
          filter={{ q, group_id: groupId || undefined }}
          groups={groups}
          onSelect={(ids) => setSelected(new Set(ids))}
        />
      ) : null}
    </>
  );
}

function withOrWithout(set: ReadonlySet<number>, id: number, on: boolean): ReadonlySet<number> {
  const changed = new Set(set);
  if (on) changed.add(id);
  else changed.delete(id);
  return changed;
}

interface PersonCardProps {
  person: ListedPerson;
  selected: boolean;
  onSelect: ((on: boolean) => void) | undefined;
}

function PersonCard({ person, selected, onSelect }: PersonCardProps) {
  const ended = person.consent_until !== null && new Date(person.consent_until) < new Date();
  return (
    <div className="group relative">
      <Link
        href={`/people/${person.person_id}`}
        className="block h-full overflow-hidden rounded-xl border bg-surface shadow-card transition-shadow hover:shadow-float"
      >
        <FaceCrop faceId={person.best_face_id} alt="" className="w-full rounded-none" />
        <span className="block px-3 pt-2 pb-2.5">
          <span className="block truncate text-sm font-medium">{nameOf(person)}</span>
          <span className="mt-0.5 flex items-center justify-between gap-2 text-xs text-muted">
            {person.samples === 0 ? 'no samples' : person.samples === 1 ? '1 sample' : `${person.samples} samples`}
            {ended ? <Badge tone="bad">consent ended</Badge> : null}
          </span>
        </span>
      </Link>
      {onSelect ? (
        <Checkbox
          aria-label={`Select ${nameOf(person)}`}
          className="absolute top-2 left-2 size-6 bg-raised opacity-80 shadow-card hover:opacity-100 focus-visible:opacity-100 data-[state=checked]:opacity-100"
          checked={selected}
          onCheckedChange={(on) => onSelect(on === true)}
        />
      ) : null}
    </div>
  );
}
