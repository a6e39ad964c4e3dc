'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX, UsersRound } from 'lucide-react';
import Link from 'next/link';
import type { z } from 'zod';
import type { listPeople } from '@/lib/shared/contract/people';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { FirstFaces } from '../../_components/faces/FirstFaces';
import { nameOf } from '../../_components/people/nameOf';
import { Badge } from '../../_components/ui/Badge';
import { Card } from '../../_components/ui/Card';
import { CardGrid } from '../../_components/ui/CardGrid';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Select } from '../../_components/ui/Input';
import { MoreOnScroll } from '../../_components/ui/MoreOnScroll';
import { SearchInput } from '../../_components/ui/SearchInput';
import { api } from '../../_lib/api';
import { useFilters } from '../../_lib/useFilters';
import type { PeopleFilters } from './filters';

type PeoplePage = z.output<(typeof listPeople)['answer']>;
type ListedPerson = PeoplePage['people'][number];

const CARD = { width: 152, text: 62 };

interface PeopleBrowserProps {
  filters: PeopleFilters;
  firstPage: PeoplePage;
  editable: boolean;
}

export function PeopleBrowser({ filters, firstPage, editable }: PeopleBrowserProps) {
  const { change, pending } = useFilters(filters);
  const { q, order } = filters;
  const list = useInfiniteQuery({
    queryKey: ['people', q, order, firstPage],
    queryFn: ({ pageParam }) => api.people.list({ q, order, cursor: pageParam, limit: 60 }),
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
      </search>
      {people.length === 0 ? (
        <Card>
          {q ? (
            <EmptyState
              icon={SearchX}
              title={`No people match “${q}”`}
              description="Try the beginning of a name or an ID."
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
          {(person) => <PersonCard person={person} />}
        </CardGrid>
      )}
      {list.error ? <ErrorNotice error={list.error} className="mt-4" /> : null}
      {list.hasNextPage ? (
        <MoreOnScroll loading={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      ) : null}
    </>
  );
}

function PersonCard({ person }: { person: ListedPerson }) {
  const ended = person.consent_until !== null && new Date(person.consent_until) < new Date();
  return (
    <Link
      href={`/people/${person.person_id}`}
      className="block overflow-hidden rounded-xl border bg-surface shadow-card transition-shadow hover:shadow-float"
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
  );
}
