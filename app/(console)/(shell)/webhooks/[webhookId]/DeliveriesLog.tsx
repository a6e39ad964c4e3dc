'use client';
import { useInfiniteQuery, useMutationState, useQueryClient } from '@tanstack/react-query';
import { Inbox, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { type DeliveryAnswer, LOG_DAYS, listDeliveries, resendDelivery } from '@/lib/shared/contract/webhooks';
import { Badge, type Tone } from '../../../_components/ui/Badge';
import { Button } from '../../../_components/ui/Button';
import { Card } from '../../../_components/ui/Card';
import { CodeBlock } from '../../../_components/ui/CodeBlock';
import { type Columns, DataTable } from '../../../_components/ui/DataTable';
import { Dialog } from '../../../_components/ui/Dialog';
import { EmptyState } from '../../../_components/ui/EmptyState';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { Select } from '../../../_components/ui/Input';
import { Skeleton } from '../../../_components/ui/Skeleton';
import { Time } from '../../../_components/ui/Time';
import { call } from '../../../_lib/api';
import { toastError } from '../../../_lib/useChange';
import { useFilters } from '../../../_lib/useFilters';
import { eventLabel } from '../events';
import { deletionKey, deliveriesKey } from './keys';

type Status = DeliveryAnswer['status'];

const TONES: Record<Status, Tone> = { waiting: 'warn', delivered: 'good', failed: 'bad' };
/** Polling intervals of the log while deliveries wait, and otherwise, ms. */
const REFRESH_MS = 2_000;
const IDLE_REFRESH_MS = 5_000;

export function DeliveriesLog({ webhookId, shown }: { webhookId: number; shown: Status | undefined }) {
  const queries = useQueryClient();
  const router = useRouter();
  const { change } = useFilters<{ status?: string }>({});
  const [opened, setOpened] = useState<DeliveryAnswer | null>(null);
  const params = { webhook_id: webhookId };
  const deletions = useMutationState({
    filters: { mutationKey: deletionKey(webhookId), predicate: ({ state }) => state.status !== 'error' },
  });
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...deliveriesKey(webhookId), shown],
    queryFn: ({ pageParam, signal }) =>
      call(listDeliveries, { params, query: { status: shown, cursor: pageParam, limit: 50 }, signal }),
    // A deleted webhook has no log.
    enabled: deletions.length === 0,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.deliveries.some(({ status }) => status === 'waiting') ? REFRESH_MS : IDLE_REFRESH_MS,
  });
  const rows = data?.pages.flatMap((page) => page.deliveries) ?? [];

  async function sendAgain(delivery: DeliveryAnswer) {
    try {
      await call(resendDelivery, { params: { ...params, delivery_id: delivery.delivery_id } });
      toast.success('It is sent again.');
      await queries.invalidateQueries({ queryKey: deliveriesKey(webhookId) });
      router.refresh();
    } catch (failure) {
      toastError(failure);
    }
  }

  const columns: Columns<DeliveryAnswer> = [
    { id: 'at', header: 'When', cell: ({ row: { original } }) => <Time value={original.created_at} /> },
    {
      id: 'event',
      header: 'Event',
      cell: ({ row: { original } }) => (
        <button
          type="button"
          className="font-medium underline-offset-4 hover:underline"
          onClick={() => setOpened(original)}
        >
          {eventLabel(original.event)}
        </button>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ row: { original } }) => <Badge tone={TONES[original.status]}>{original.status}</Badge>,
    },
    { id: 'attempts', header: 'Attempts', cell: ({ row: { original } }) => original.attempts },
    { id: 'answer', header: 'Last answer', cell: ({ row: { original } }) => <Answer of={original} /> },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      cell: ({ row: { original } }) => (
        <Button size="sm" className="ml-auto flex" onClick={() => void sendAgain(original)}>
          <RotateCcw aria-hidden />
          Send again
          <span className="sr-only">: {eventLabel(original.event)}</span>
        </Button>
      ),
    },
  ];

  return (
    <>
      <div className="mt-6 mb-3 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="text-[15px] font-semibold">Deliveries</h2>
          <p className="text-[13px] text-muted">Newest first; finished ones are kept for {LOG_DAYS} days.</p>
        </div>
        <Select
          aria-label="Show deliveries"
          value={shown ?? ''}
          onChange={(event) => change({ status: event.target.value })}
        >
          <option value="">All deliveries</option>
          <option value="waiting">Waiting</option>
          <option value="delivered">Delivered</option>
          <option value="failed">Failed</option>
        </Select>
      </div>
      {error ? <ErrorNotice error={error} onRetry={refetch} className="mb-3" /> : null}
      {data || isPending ? (
        <Card className="overflow-hidden">
          {isPending ? (
            <Skeleton className="m-5 h-56" />
          ) : (
            <DataTable
              caption="Deliveries"
              columns={columns}
              rows={rows}
              rowId={(row) => row.delivery_id}
              empty={
                <EmptyState
                  icon={Inbox}
                  title={shown ? 'No such deliveries' : 'Nothing sent yet'}
                  description={
                    shown ? 'No deliveries have this status.' : 'Send a test to see whether your program answers.'
                  }
                />
              }
            />
          )}
        </Card>
      ) : null}
      {hasNextPage ? (
        <Button className="mt-4" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older deliveries
        </Button>
      ) : null}
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened ? eventLabel(opened.event) : ''}
        description="The event as stored. Names are added only when it is sent."
        className="max-w-xl"
      >
        <CodeBlock label="What it tells">{JSON.stringify(opened?.data ?? {}, null, 2)}</CodeBlock>
        <p className="mt-3 font-mono text-xs break-all text-muted">webhook-id: {opened?.delivery_id}</p>
      </Dialog>
    </>
  );
}

/** The last attempt in one line, and the time of the next one. */
function Answer({ of }: { of: DeliveryAnswer }) {
  if (of.last_attempt_at === null) return <span className="text-muted">not tried yet</span>;
  return (
    <div className="min-w-44">
      <p className={of.last_error ? 'text-bad' : ''}>{of.last_error ?? `${of.last_status} in ${of.last_ms} ms`}</p>
      {of.status === 'waiting' && of.next_attempt_at ? (
        <p className="text-xs text-muted">
          next try <Time value={of.next_attempt_at} />
        </p>
      ) : null}
    </div>
  );
}
