import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { isUnstorableText } from '@/db/errors';
import { feed } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { FIRST_FEED_NUMBER } from '@/lib/shared/contract/fields';

/** Assigns the feed numbers of one write. */
export interface FeedNumbers {
  /**
   * Returns the next `count` numbers, ascending. Each belongs to one sample or tombstone written in this transaction.
   */
  take(count: number): number[];
}

/**
 * Runs one write of samples or people in one transaction.
 *
 * The transaction first locks the single row of `feed`, so that the writes of all servers run one after the other and
 * numbers become visible in the order of assignment. A reader that has seen a number has therefore seen every smaller
 * one (docs/decisions/0005). Numbers are Unix milliseconds of the database's clock, or the last number plus one where
 * the clock has not advanced.
 *
 * @param work Must use `tx` for all its queries, never the database itself. Must be short, because other writers wait.
 */
export async function withFeed<T>(db: Database, work: (tx: Database, numbers: FeedNumbers) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(
      async (tx) => {
        let next = await lockFeed(tx);
        const first = next;
        const result = await work(tx, {
          take(count) {
            const numbers = Array.from({ length: count }, (_, index) => next + index);
            next += count;
            return numbers;
          },
        });
        if (next > first) await tx.update(feed).set({ last: next - 1 });
        return result;
      },
      // With a stricter default isolation level, a waiting writer would fail instead of seeing the changes it waited
      // for.
      { isolationLevel: 'read committed' },
    );
  } catch (error) {
    if (!isUnstorableText(error)) throw error;
    throw new KithError('BAD_REQUEST', 'text must not contain NUL or half of a surrogate pair', { cause: error });
  }
}

/**
 * Waits for earlier writers and returns the first number that may be assigned. A server that stalls in its write while
 * its connection stays open would block everyone: after 15 s the database ends its transaction.
 * A waiting writer gives up after 5 s and may retry.
 */
async function lockFeed(tx: Database): Promise<number> {
  const [row] = await queryRows<{ next: number | string }>(
    tx,
    // Set before the lock is requested, also if a pooler refuses to set it for a connection.
    sql`with limits as materialized (
          select set_config('idle_in_transaction_session_timeout', '15s', true), set_config('lock_timeout', '5s', true)
        )
        select greatest(last + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint, ${FIRST_FEED_NUMBER}::bigint) as next
        from limits, feed for update of feed`,
  );
  if (row === undefined) throw new Error('the table "feed" has no row');
  return Number(row.next);
}
