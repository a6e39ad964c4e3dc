'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { keepReviewItem, REVIEW_KINDS, type ReviewItem, type ReviewKind } from '@/lib/shared/contract/review';
import { Card } from '../../_components/ui/Card';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Select } from '../../_components/ui/Input';
import { Kbd } from '../../_components/ui/Kbd';
import { TableLoading } from '../../_components/ui/PageLoading';
import { call } from '../../_lib/api';
import { toastUndo } from '../../_lib/toastUndo';
import { toastError } from '../../_lib/useChange';
import { REVIEW_QUERY, useReview } from '../../_lib/useReview';
import { useShortcut, useSingleKeys } from '../../_lib/useShortcut';
import { countText, KIND_LABELS, titleOf } from './kinds';
import { ReviewRow } from './ReviewRow';

const keyOf = ({ kind, subject }: ReviewItem) => `${kind} ${subject}`;

/** Lists what needs a decision. The list works by keyboard: letters act on the focused row. */
export function ReviewList({ kind: given }: { kind: ReviewKind | undefined }) {
  const queries = useQueryClient();
  const list = useRef<HTMLUListElement>(null);
  const [kind, setKind] = useState(given);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const { items, isComplete, error, refetch } = useReview();
  const all = (items ?? []).filter((item) => !decided.has(keyOf(item)));
  const shown = kind === undefined ? all : all.filter((item) => item.kind === kind);

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const focused = () => rows().findIndex((row) => row.contains(document.activeElement));
  const focus = (index: number) =>
    rows()
      .at(Math.max(0, Math.min(index, rows().length - 1)))
      ?.focus();
  const press = (action: string) => rows()[focused()]?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();

  // Once the page has the list without the decided item: a row that is about to go would take the focus with it.
  const next = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when an item was decided
  useLayoutEffect(() => {
    if (next.current !== null) focus(next.current);
    next.current = null;
  }, [decided]);

  const [singleKeys] = useSingleKeys();
  useShortcut('j', () => focus(focused() + 1), { enabled: singleKeys });
  useShortcut('k', () => focus(focused() - 1), { enabled: singleKeys });
  useShortcut('ArrowDown', () => focus(focused() + 1));
  useShortcut('ArrowUp', () => focus(focused() - 1));
  useShortcut('o', () => press('open'), { enabled: singleKeys });
  useShortcut('d', () => press('do'), { enabled: singleKeys });
  useShortcut('l', () => press('leave'), { enabled: singleKeys });

  function choose(next: ReviewKind | undefined) {
    setKind(next);
    window.history.replaceState(null, '', next === undefined ? '/review' : `/review?kind=${next}`);
  }

  /** Hides an item that was decided, and moves on to the next one. */
  function settle(item: ReviewItem) {
    const index = shown.findIndex((one) => keyOf(one) === keyOf(item));
    next.current = index;
    setDecided((before) => new Set([...before, keyOf(item)]));
  }

  function bringBack(item: ReviewItem) {
    setDecided((before) => new Set([...before].filter((key) => key !== keyOf(item))));
  }

  async function leave(item: ReviewItem) {
    const body = { kind: item.kind, subject: item.subject };
    try {
      await call(keepReviewItem, { body });
      settle(item);
      toastUndo(`${titleOf(item)} stays as it is.`, async () => {
        await call(keepReviewItem, { body: { ...body, keep: false } });
        bringBack(item);
        await queries.invalidateQueries({ queryKey: REVIEW_QUERY });
      });
    } catch (failure) {
      toastError(failure);
    }
  }

  if (error && !items) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!items) return <TableLoading />;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Select
          aria-label="What to review"
          value={kind ?? ''}
          onChange={(event) => choose(REVIEW_KINDS.find((one) => one === event.target.value))}
        >
          <option value="">Everything ({all.length})</option>
          {REVIEW_KINDS.map((one) => (
            <option key={one} value={one}>
              {KIND_LABELS[one]} ({countText(all.filter((item) => item.kind === one).length)})
            </option>
          ))}
        </Select>
        <p className="text-[13px] text-muted max-sm:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> move, <Kbd>O</Kbd> open, <Kbd>D</Kbd> decide, <Kbd>L</Kbd> leave as it is
        </p>
        <p role="status" className="text-[13px] text-muted sm:ml-auto">
          {isComplete ? '' : 'Searching the samples…'}
        </p>
      </div>
      {error ? <ErrorNotice error={error} onRetry={refetch} className="mb-4" /> : null}
      <Card>
        {shown.length === 0 && !isComplete ? (
          <EmptyState
            icon={ListChecks}
            title="Still looking…"
            description="Kith is searching the samples. What it finds appears here."
          />
        ) : shown.length === 0 ? (
          <EmptyState
            icon={ListChecks}
            title="Nothing to review"
            description={
              kind === undefined
                ? 'Samples, people, imports and devices are in order.'
                : 'There is nothing of this kind. Choose another kind.'
            }
          />
        ) : (
          <ul ref={list} aria-label="To review">
            {shown.map((item) => (
              <ReviewRow
                key={keyOf(item)}
                item={item}
                onSettled={() => settle(item)}
                onBack={() => bringBack(item)}
                onLeave={() => void leave(item)}
              />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
