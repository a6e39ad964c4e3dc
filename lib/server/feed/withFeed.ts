import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { isUnstorableText } from '@/db/errors';
import { feed } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { FIRST_FEED_NUMBER } from '@/lib/shared/contract/fields';

/** The numbers of one write. */
export interface FeedNumbers {
  /** Takes the next `count` numbers, ascending. Each belongs to one sample or tombstone written in this transaction. */
  take(count: number): number[];
}

/**
 * One write of samples or people, in one transaction.
 *
 * The transaction first locks the one row of `feed`, so that writes follow each other, whichever server they come
 * from, and numbers become visible in the order they were given out: a reader that has seen a number has seen every
 * smaller one (docs/decisions/0005). Numbers are Unix milliseconds of the database's clock, or the last number plus
 * one where the clock stands still or went back.
 *
 * @param work Uses `tx` for all its queries, never the database itself. Must be short: other writers wait.
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
      // A stricter default of the database would fail a waiting writer instead of letting it see what it waited for.
      { isolationLevel: 'read committed' },
    );
  } catch (error) {
    if (!isUnstorableText(error)) throw error;
    throw new KithError('BAD_REQUEST', 'text must not contain NUL or half of a surrogate pair', { cause: error });
  }
}

/**
 * Waits for the writers before, and answers the first number that may be given out. A server that stops in the middle
 * of its write while its connection stays open would hold everyone up: after 15 s the database ends its transaction. Who
 * waits gives up after 5 s, and is told to try again.
 */
async function lockFeed(tx: Database): Promise<number> {
  const [row] = await queryRows<{ next: number | string }>(
    tx,
    // Set before the lock is asked for, also where a pooler refuses to set it for a connection.
    sql`with limits as materialized (
          select set_config('idle_in_transaction_session_timeout', '15s', true), set_config('lock_timeout', '5s', true)
        )
        select greatest(last + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint, ${FIRST_FEED_NUMBER}::bigint) as next
        from limits, feed for update of feed`,
  );
  if (row === undefined) throw new Error('the table "feed" has lost its row');
  return Number(row.next);
}
