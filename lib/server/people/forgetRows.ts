import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows } from '@/db/schema';
import { ERRORS } from '@/lib/shared/contract/errors';
import { foldName } from '@/lib/shared/text/foldName';

/** An emptied row. Only its number and its outcome remain in a report. */
const NOTHING = { source: 'erased', picture: null, attributes: {}, groups: [] };

/** Maximum number of samples per statement, which holds up to 65,535 parameters. */
const AT_ONCE = 10_000;

/** Empties the import rows that made these samples, or were duplicates of them. Runs inside the write that erases them. */
export async function forgetRowsOfSamples(tx: Database, faceIds: readonly number[]): Promise<void> {
  for (let start = 0; start < faceIds.length; start += AT_ONCE) {
    await tx
      .update(importRows)
      .set(NOTHING)
      .where(inArray(importRows.faceId, faceIds.slice(start, start + AT_ONCE)));
  }
}

/** The person whom rows without a sample name. */
export interface NamedInRows {
  /** Values of `user_id`. */
  externalIds: readonly string[];
  /** The value of `user_name`, if the person has no external id; else null. */
  name: string | null;
}

/**
 * Empties the rows that name a person and made no sample, including waiting ones. A run that works on such a row loses it,
 * so that an earlier list does not enrol the erased person again. Runs inside the write that erases the person.
 */
export async function forgetRowsNaming(tx: Database, { externalIds, name }: NamedInRows): Promise<void> {
  if (externalIds.length > 0) await giveUp(tx, inArray(rowUserId, [...externalIds]));
  if (name === null) return;
  // Old rows and people are stored as they were sent. A Mac sends names in NFD.
  const folded = foldName(name);
  const spellings = [...new Set([name, folded, folded.normalize('NFD')])];
  await giveUp(tx, sql`${inArray(rowUserName, spellings)} and ${rowUserId} is null`);
}

const rowUserId = sql`btrim(${importRows.attributes} ->> 'user_id')`;
const rowUserName = sql`btrim(${importRows.attributes} ->> 'user_name')`;

async function giveUp(tx: Database, whose: SQL): Promise<void> {
  await tx
    .update(importRows)
    .set({
      ...NOTHING,
      status: 'failed',
      errorType: ERRORS.NOT_FOUND.type,
      errorMessage: 'The person has been erased.',
      finishedAt: sql`coalesce(${importRows.finishedAt}, now())`,
      claimedBy: null,
      claimedUntil: null,
    })
    .where(and(sql`${importRows.status} in ('waiting', 'failed')`, whose));
}
