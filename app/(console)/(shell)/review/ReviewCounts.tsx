'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { listReview, REVIEW_KINDS } from '@/lib/shared/contract/review';
import { Card, CardHeader } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { call } from '../../_lib/api';
import { countText, KIND_LABELS } from './kinds';

/** How much of each kind is to be reviewed. The server searches some samples per request, so a count may grow. */
export function ReviewCounts() {
  const { data, error, refetch } = useQuery({ queryKey: ['review'], queryFn: () => call(listReview) });
  const counts = REVIEW_KINDS.map((kind) => ({
    kind,
    count: data?.items.filter((item) => item.kind === kind).length ?? 0,
  })).filter(({ count }) => count > 0);
  return (
    <Card>
      <CardHeader
        title="To review"
        action={
          <Link href="/review" className="text-[13px] text-accent hover:underline">
            All
          </Link>
        }
      />
      <div className="min-h-14 p-5 text-sm">
        {error ? <ErrorNotice error={error} onRetry={refetch} /> : null}
        {counts.length === 0 && !error ? (
          <p role="status" className="text-muted">
            {data ? 'Nothing to review.' : 'Searching the samples…'}
          </p>
        ) : null}
        <ul className="flex flex-col gap-2" aria-label="To review">
          {counts.map(({ kind, count }) => (
            <li key={kind} className="flex justify-between gap-3">
              <Link href={`/review?kind=${kind}`} className="hover:underline">
                {KIND_LABELS[kind]}
              </Link>
              <span className="text-muted tabular-nums">{countText(count)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
