import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows } from '@/db/schema';
import { ERRORS } from '@/lib/shared/contract/errors';
import { foldName } from '@/lib/shared/text/foldName';

/** What is left of a row in a report: its number and what came of it. */
const NOTHING = { source: 'erased', picture: null, attributes: {}, groups: [] };

/** Samples of one statement, which holds 65,535 parameters at most. */
const AT_ONCE = 10_000;

/** Empties the rows that made the samples, or found them there. Runs inside the write that erases these. */
export async function forgetRowsOfSamples(tx: Database, faceIds: readonly number[]): Promise<void> {
  for (let start = 0; start < faceIds.length; start += AT_ONCE) {
    await tx
      .update(importRows)
      .set(NOTHING)
      .where(inArray(importRows.faceId, faceIds.slice(start, start + AT_ONCE)));
  }
}

/** Whom rows name that made no sample. */
export interface NamedInRows {
  /** Values of `user_id`. */
  externalIds: readonly string[];
  /** The value of `user_name`, where the person is known by their name alone. */
  name: string | null;
}

/**
 * Empties the rows that name somebody and made no sample, waiting ones too: whoever works on one loses it, so that
 * somebody who is erased is not enrolled again by a list from before. Runs inside the write that erases the person.
 */
export async function forgetRowsNaming(tx: Database, { externalIds, name }: NamedInRows): Promise<void> {
  if (externalIds.length > 0) await giveUp(tx, inArray(rowUserId, [...externalIds]));
  if (name === null) return;
  // Rows and people of before are spelled as they came: a Mac's names are NFD.
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
