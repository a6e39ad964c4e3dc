import type { Database } from '@/db/client';
import { withFeed } from '@/lib/server/feed/withFeed';
import { type ClaimedRow, noteOutcomes } from './claims';
import { joinGroupsOfRows } from './keepRows';

/** A claimed row whose sample exists already. */
export interface KnownRow {
  row: ClaimedRow;
  faceId: number;
}

/**
 * Stores rows whose samples exist as duplicates. Their people join the groups that the rows name, in one write for all
 * rows. The feed is only locked if a row names groups.
 * @returns how many were stored; another run may have taken some of the rows
 */
export function keepKnownRows(db: Database, holder: string, known: readonly KnownRow[]): Promise<number> {
  const outcomes = known.map(({ row, faceId }) => ({ row, outcome: { status: 'duplicate' as const, faceId } }));
  if (known.every(({ row }) => row.groups.length === 0)) return noteOutcomes(db, holder, outcomes);
  return withFeed(db, async (tx, numbers) => {
    await joinGroupsOfRows(tx, numbers, outcomes);
    return noteOutcomes(tx, holder, outcomes);
  });
}
