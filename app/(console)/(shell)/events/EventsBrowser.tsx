'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity, Download } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { z } from 'zod';
import { type event, listEvents } from '@/lib/contract/events';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { PersonPicker, type PickedPerson } from '../../_components/people/PersonPicker';
import { Badge } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Input, Select } from '../../_components/ui/Input';
import { Skeleton } from '../../_components/ui/Skeleton';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';

type Event = z.output<typeof event>;

const columns: Columns<Event> = [
  {
    id: 'who',
    header: 'Who',
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-3">
        <FaceCrop faceId={original.face_id} alt="" className="size-9" />
        {original.person ? (
          <Link href={`/people/${original.person.person_id}`} className="font-medium hover:underline">
            {nameOf(original.person)}
          </Link>
        ) : original.face_id ? (
          `Sample ${original.face_id}`
        ) : (
          <Badge tone="warn">unknown</Badge>
        )}
      </span>
    ),
  },
  { id: 'trust', header: 'Trust', cell: ({ row: { original } }) => Math.round(original.trust) },
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <Time value={original.at} /> },
  { id: 'device', header: 'Device', cell: ({ row: { original } }) => original.device?.name ?? 'API' },
  {
    id: 'liveness',
    header: 'Liveness',
    cell: ({ row: { original } }) => (
      <Badge tone={original.liveness === 'passed' ? 'good' : original.liveness === 'failed' ? 'bad' : 'neutral'}>
        {original.liveness}
      </Badge>
    ),
  },
];

export function EventsBrowser({ devices }: { devices: { id: number; name: string }[] }) {
  const [person, setPerson] = useState<PickedPerson | null>(null);
  const [device, setDevice] = useState('');
  const [known, setKnown] = useState<'' | 'true' | 'false'>('');
  const [day, setDay] = useState('');
  const filter = {
    person_id: person?.person_id,
    device_id: device || undefined,
    known: known || undefined,
    ...(day ? { from: `${day}T00:00:00Z`, to: `${day}T23:59:59.999Z` } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ['events', filter],
    queryFn: ({ pageParam }) => call(listEvents, { query: { ...filter, cursor: pageParam, limit: 50 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: 3_000,
    placeholderData: (before) => before,
  });
  const csv = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );

  async function download() {
    const response = await fetch(`/api/events?${csv}`, { headers: { Accept: 'text/csv' } });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = 'events.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <>
      <search className="mb-5 flex flex-wrap items-center gap-2">
        <div className="w-56">
          <PersonPicker label="Person" value={person} onChange={setPerson} placeholder="Anybody" />
        </div>
        <Select aria-label="Device" value={device} onChange={(change) => setDevice(change.target.value)}>
          <option value="">Any device</option>
          {devices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select aria-label="Known" value={known} onChange={(change) => setKnown(change.target.value as typeof known)}>
          <option value="">Known and unknown</option>
          <option value="true">Known</option>
          <option value="false">Unknown</option>
        </Select>
        <Input
          type="date"
          aria-label="Day"
          className="w-auto"
          value={day}
          onChange={(change) => setDay(change.target.value)}
        />
        <Button className="ml-auto" onClick={() => void download()}>
          <Download aria-hidden />
          CSV
        </Button>
      </search>
      {list.error ? <ErrorNotice error={list.error} className="mb-4" /> : null}
      <Card className="overflow-hidden" aria-live="polite">
        {list.isPending ? (
          <Skeleton className="h-72 w-full rounded-none" />
        ) : (
          <DataTable
            caption="Recognitions"
            columns={columns}
            rows={list.data?.pages.flatMap((page) => page.events) ?? []}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                icon={Activity}
                title="No recognitions"
                description="They appear here as paired devices report them."
              />
            }
          />
        )}
      </Card>
      {list.hasNextPage ? (
        <Button className="mt-4" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </>
  );
}
