'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Activity, Download } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { z } from 'zod';
import { type EventAnswer, listEvents } from '@/lib/shared/contract/events';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { PersonPicker } from '../../_components/people/PersonPicker';
import { Badge } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { TableLoading } from '../../_components/ui/PageLoading';
import { Time } from '../../_components/ui/Time';
import { call, filled, open } from '../../_lib/api';
import { toastError } from '../../_lib/useChange';
import { AddUnknown } from './AddUnknown';
import { addressOf, EVENTS_PAGE, type EventFilters, hasDays, queryOf } from './filters';

type EventsPage = z.output<(typeof listEvents)['answer']>;

/** Polling interval, ms. */
const REFRESH_MS = 5_000;

const BASE_COLUMNS: Columns<EventAnswer> = [
  {
    header: 'When',
    id: 'at',
    cell: ({ row: { original } }) => (
      <span className="flex flex-wrap items-center gap-2">
        <Link href={`/events/${original.id}`} className="hover:underline">
          <Time value={original.at} />
        </Link>
        {original.corrected ? <Badge tone="accent">corrected</Badge> : null}
        {original.clock ? (
          <Badge tone="warn" title="The device’s clock was wrong, so this time is only the nearest possible one.">
            clock wrong
          </Badge>
        ) : null}
      </span>
    ),
  },
  {
    header: 'Who',
    id: 'who',
    cell: ({ row: { original } }) =>
      original.person || original.face_id ? (
        <span className="flex items-center gap-2.5">
          <FaceCrop faceId={original.face_id} alt="" className="size-8" />
          {original.person ? (
            <Link href={`/people/${original.person.person_id}`} className="font-medium hover:underline">
              {nameOf(original.person)}
            </Link>
          ) : (
            <span className="font-medium">Sample {original.face_id}</span>
          )}
        </span>
      ) : (
        <Badge tone="warn">Unknown</Badge>
      ),
  },
  {
    header: 'Device',
    id: 'device',
    cell: ({ row: { original } }) => original.device?.name ?? original.source ?? 'API key',
  },
  {
    header: 'Trust',
    id: 'trust',
    cell: ({ row: { original } }) => <span className="tabular-nums">{wholeTrust(original.trust)}</span>,
  },
  {
    header: 'Liveness',
    id: 'liveness',
    cell: ({ row: { original } }) =>
      original.liveness === 'off' ? (
        <span className="text-muted">not checked</span>
      ) : (
        <Badge tone={original.liveness === 'passed' ? 'good' : 'bad'}>{original.liveness}</Badge>
      ),
  },
];

const ADD_COLUMN: Columns<EventAnswer>[number] = {
  header: () => <span className="sr-only">Actions</span>,
  id: 'actions',
  // The row's height stays the same with and without the button.
  cell: ({ row: { original } }) => (
    <div className="flex h-8 justify-end">
      {original.person || original.face_id ? null : <AddUnknown event={original} />}
    </div>
  ),
};

interface EventsBrowserProps {
  firstPage: EventsPage;
  devices: { id: number; name: string }[];
  /** As the address says. */
  filters: EventFilters;
  /** Whether the user may add a photo of an unknown person. */
  editable: boolean;
}

export function EventsBrowser({ firstPage, devices, filters: initial, editable }: EventsBrowserProps) {
  const [filters, setFilters] = useState(initial);
  const columns = editable ? [...BASE_COLUMNS, ADD_COLUMN] : BASE_COLUMNS;
  const isUnfiltered = Object.values(filters).every((value) => !value);
  const events = useInfiniteQuery({
    queryKey: ['events', filters],
    queryFn: ({ pageParam }) =>
      call(listEvents, { query: { ...queryOf(filters), cursor: pageParam, limit: EVENTS_PAGE } }),
    initialPageParam: undefined as string | undefined,
    // Days are of the browser's zone, which the server that made the first page does not know.
    ...(filters === initial && !hasDays(initial) && { initialData: { pages: [firstPage], pageParams: [undefined] } }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const rows = events.data?.pages.flatMap((page) => page.events) ?? [];
  function choose(change: Partial<EventFilters>) {
    const next = { ...filters, ...change };
    setFilters(next);
    // The list asks by itself: the page need not be made anew.
    window.history.replaceState(null, '', `/events${addressOf(next)}`);
  }

  return (
    <>
      <div className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <Field label="Who">
          <Select
            className="w-full"
            value={filters.known}
            onChange={(event) => choose({ known: knownOf(event.target.value) })}
          >
            <option value="">Everybody</option>
            <option value="true">Recognised</option>
            <option value="false">Unknown</option>
          </Select>
        </Field>
        <Field label="Corrections">
          <Select
            className="w-full"
            value={filters.corrected}
            onChange={(event) => choose({ corrected: knownOf(event.target.value) })}
          >
            <option value="">All</option>
            <option value="true">Corrected</option>
            <option value="false">Not corrected</option>
          </Select>
        </Field>
        <Field label="Device" className="sm:max-w-44">
          <Select
            className="w-full"
            value={filters.device}
            onChange={(event) => choose({ device: event.target.value })}
          >
            <option value="">All devices</option>
            {devices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <div className="col-span-2 flex flex-col gap-1.5 sm:w-48">
          <span className="text-[13px] font-medium" aria-hidden>
            Person
          </span>
          <PersonPicker
            label="Person"
            placeholder="Anybody"
            value={filters.person}
            onChange={(chosen) => choose({ person: chosen })}
          />
        </div>
        <Field label="From">
          <Input type="date" value={filters.from} onChange={(event) => choose({ from: event.target.value })} />
        </Field>
        <Field label="To">
          <Input type="date" value={filters.until} onChange={(event) => choose({ until: event.target.value })} />
        </Field>
        <Button
          className="max-sm:justify-self-start sm:ml-auto"
          onClick={() => void download(filters).catch(toastError)}
        >
          <Download aria-hidden />
          CSV
        </Button>
      </div>
      {events.error ? <ErrorNotice error={events.error} onRetry={events.refetch} className="mb-4" /> : null}
      {/* While the list could not be loaded, it must not be called empty. */}
      {events.data ? (
        <Card className="overflow-hidden">
          <DataTable
            caption="Recognitions"
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            stale={events.isPlaceholderData}
            empty={
              <EmptyState
                icon={Activity}
                title={isUnfiltered ? 'Nobody was recognised yet' : 'No events match these filters'}
                description={
                  isUnfiltered
                    ? 'Pair a device to see recognitions here, including those made while it was offline.'
                    : 'Choose another person, device or time.'
                }
              />
            }
          />
        </Card>
      ) : events.error ? null : (
        <TableLoading />
      )}
      {events.hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button pending={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}

const knownOf = (value: string): EventFilters['known'] => (value === 'true' || value === 'false' ? value : '');

/** Downloads all matching events as a file. */
async function download(filters: EventFilters): Promise<void> {
  const query = filled(queryOf(filters));
  const response = await open({ method: 'GET', path: listEvents.path, query, accept: 'text/csv' });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = 'recognitions.csv';
  link.click();
  URL.revokeObjectURL(url);
}
