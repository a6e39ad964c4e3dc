'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ban, Download, Pause, Play, RotateCcw, Wrench } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { type importRow, readImport, steerImport } from '@/lib/shared/contract/imports';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { Badge, type Tone } from '../../../_components/ui/Badge';
import { Button } from '../../../_components/ui/Button';
import { Card } from '../../../_components/ui/Card';
import { cn } from '../../../_components/ui/cn';
import { type Columns, DataTable } from '../../../_components/ui/DataTable';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { Select } from '../../../_components/ui/Input';
import { PageHeader } from '../../../_components/ui/PageHeader';
import { Progress } from '../../../_components/ui/Progress';
import { Skeleton } from '../../../_components/ui/Skeleton';
import { call } from '../../../_lib/api';
import { IMPORT_TONES, type ImportSummary } from '../ImportList';
import { RepairRow } from './RepairRow';

type Row = z.output<typeof importRow>;
/** Pages of a hundred rows that are reloaded every second. For more rows, use the report. */
const MOST_PAGES = 5;

type Action = 'pause' | 'resume' | 'cancel' | 'retry';

const ROW_TONES: Record<Row['status'], Tone> = {
  waiting: 'neutral',
  enrolled: 'good',
  duplicate: 'accent',
  failed: 'bad',
};

const columnsOf = (onRepair: (row: Row) => void): Columns<Row> => [
  { id: 'row', header: 'Row', cell: ({ row: { original } }) => original.row },
  {
    id: 'status',
    header: 'Outcome',
    cell: ({ row: { original } }) => <Badge tone={ROW_TONES[original.status]}>{original.status}</Badge>,
  },
  {
    id: 'source',
    header: 'Picture',
    cell: ({ row: { original } }) => (
      <span className="block max-w-40 truncate sm:max-w-80" title={original.source.slice(0, 200)}>
        {original.source.slice(0, 200)}
      </span>
    ),
  },
  {
    id: 'person',
    header: 'Person',
    cell: ({ row: { original } }) => (
      <span className="block max-w-40 truncate">
        {String(original.unique_args.user_name ?? original.unique_args.user_id ?? '–')}
      </span>
    ),
  },
  {
    id: 'detail',
    header: 'Detail',
    cell: ({ row: { original } }) => (
      <span className="block min-w-40">
        {original.error_message ?? (original.face_id ? `sample ${original.face_id}` : '')}
        <LooksLike row={original} />
        {original.disagrees ? (
          <span className="block text-warn">Does not look like the person’s other samples.</span>
        ) : null}
      </span>
    ),
  },
  {
    id: 'repair',
    header: <span className="sr-only">Repair</span>,
    cell: ({ row: { original } }) =>
      original.status === 'failed' && original.source !== 'erased' ? (
        <Button size="sm" aria-label={`Repair row ${original.row}`} onClick={() => onRepair(original)}>
          <Wrench aria-hidden />
          Repair
        </Button>
      ) : null,
  },
];

/** A hint that somebody is about to be enrolled under two names. */
function LooksLike({ row: { looks_like: alike } }: { row: Row }) {
  if (!alike) return null;
  const { person, face_id: faceId } = alike;
  return (
    <span className="mt-0.5 flex items-center gap-1.5 text-[13px] text-warn">
      <FaceCrop faceId={faceId} alt="" className="size-6" />
      <span>
        Looks like{' '}
        {person ? (
          <Link href={`/people/${person.person_id}`} className="underline">
            {person.name ?? person.user_id ?? `person ${person.person_id}`}
          </Link>
        ) : (
          `sample ${faceId}`
        )}
        , who is enrolled.
      </span>
    </span>
  );
}

function timeLeft(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
}

export function ImportProgress({ first }: { first: ImportSummary }) {
  const queries = useQueryClient();
  const [status, setStatus] = useState<Row['status'] | undefined>(undefined);
  const [pages, setPages] = useState(1);
  const [failure, setFailure] = useState<unknown>(null);
  const [repaired, setRepaired] = useState<Row | null>(null);
  const columns = useMemo(() => columnsOf(setRepaired), []);
  const key = ['import', first.import_id];
  const { data, error, refetch } = useQuery({
    queryKey: [...key, status, pages],
    queryFn: () =>
      call(readImport, {
        params: { import_id: first.import_id },
        query: { status, limit: pages * 100 },
      }),
    refetchInterval: ({ state }) => (state.data?.import.status === 'running' ? 1_000 : false),
    placeholderData: (before) => before,
  });
  const now = data?.import ?? first;
  const done = now.rows - now.waiting;

  async function steer(action: Action) {
    setFailure(null);
    try {
      await call(steerImport, { params: { import_id: first.import_id }, body: { action } });
    } catch (reason) {
      setFailure(reason);
    }
    await queries.invalidateQueries({ queryKey: key });
  }

  return (
    <>
      <PageHeader
        title={now.name}
        description={
          <Link href="/import" className="hover:underline">
            All imports
          </Link>
        }
        actions={
          <>
            {now.status === 'running' ? (
              <Button onClick={() => void steer('pause')}>
                <Pause aria-hidden />
                Pause
              </Button>
            ) : null}
            {now.status === 'paused' ? (
              <Button variant="primary" onClick={() => void steer('resume')}>
                <Play aria-hidden />
                Resume
              </Button>
            ) : null}
            {now.status === 'running' || now.status === 'paused' ? (
              <Button variant="quietDanger" onClick={() => void steer('cancel')}>
                <Ban aria-hidden />
                Cancel
              </Button>
            ) : null}
            {now.failed > 0 && (now.status === 'paused' || now.status === 'done') ? (
              <Button onClick={() => void steer('retry')}>
                <RotateCcw aria-hidden />
                Retry failed
              </Button>
            ) : null}
            <Button asChild>
              <a href={`/api/imports/${first.import_id}?format=csv`} download>
                <Download aria-hidden />
                Report
              </a>
            </Button>
          </>
        }
      />
      <Card className="p-5">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-2 text-sm">
          <span role="status" className="flex items-center gap-2">
            <Badge tone={IMPORT_TONES[now.status]}>{now.status}</Badge>
            {done} of {now.rows} rows
          </span>
          <span className="text-muted">
            {now.rows_per_second ? `${now.rows_per_second.toFixed(1)} rows a second` : ''}
            {now.seconds_left ? `, ${timeLeft(now.seconds_left)} left` : ''}
          </span>
        </div>
        <Progress label="Progress of the import" value={now.rows === 0 ? 0 : (done / now.rows) * 100} />
        <dl className="mt-4 grid grid-cols-3 gap-3 text-sm">
          {(
            [
              ['Enrolled', now.enrolled, false],
              ['Already enrolled', now.duplicates, false],
              ['Failed', now.failed, true],
            ] as const
          ).map(([label, count, isBad]) => (
            <div key={label}>
              <dt className="text-muted">{label}</dt>
              <dd className={cn('text-xl font-semibold tabular-nums', count > 0 && isBad && 'text-bad')}>{count}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {failure ? <ErrorNotice error={failure} className="mt-4" /> : null}
      {error ? <ErrorNotice error={error} onRetry={refetch} className="mt-4" /> : null}
      <div className="mt-6 mb-3 flex items-center justify-between gap-3">
        <h2 className="text-[15px] font-semibold">Results</h2>
        <Select
          aria-label="Show rows"
          value={status ?? ''}
          onChange={(event) => setStatus((event.target.value || undefined) as Row['status'] | undefined)}
        >
          <option value="">All rows</option>
          <option value="failed">Failed</option>
          <option value="enrolled">Enrolled</option>
          <option value="duplicate">Already enrolled</option>
          <option value="waiting">Waiting</option>
        </Select>
      </div>
      {data || !error ? (
        <Card className="overflow-hidden">
          {data ? (
            <DataTable
              caption="Rows"
              columns={columns}
              rows={data.outcome}
              rowId={(row) => String(row.row)}
              empty={<p className="p-6 text-sm text-muted">No such rows.</p>}
            />
          ) : (
            <Skeleton className="m-5 h-40" />
          )}
        </Card>
      ) : null}
      {(data?.outcome.length ?? 0) < pages * 100 ? null : pages < MOST_PAGES ? (
        <Button className="mt-4" onClick={() => setPages(pages + 1)}>
          Show more
        </Button>
      ) : (
        <p className="mt-4 text-sm text-muted">The report has the rows beyond these.</p>
      )}
      {repaired ? (
        <RepairRow
          key={repaired.row}
          importId={first.import_id}
          row={repaired}
          onClose={() => setRepaired(null)}
          onDone={() => {
            setRepaired(null);
            void queries.invalidateQueries({ queryKey: key });
          }}
        />
      ) : null}
    </>
  );
}
