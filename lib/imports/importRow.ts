import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import type PQueue from 'p-queue';
import type { Database } from '@/db/client';
import { importRows, samples } from '@/db/schema';
import { actorOf, recordAudit } from '@/lib/audit/recordAudit';
import { KithError } from '@/lib/contract/errors';
import { readSample } from '@/lib/faces/readSample';
import { insertSample, type SampleFace } from '@/lib/faces/store';
import { withFeed } from '@/lib/feed/withFeed';
import { readSource } from '@/lib/images/withImage';
import { log } from '@/lib/log/log';
import { type ClaimedRow, noteOutcome, type Outcome, stillHolds } from './claims';
import type { HostHealth } from './HostHealth';

/** Tries of a row while the server is busy with other work. */
const BUSY_TRIES = 20;
const BUSY_WAIT_MS = 500;

/** What the rows of one run share. */
export interface RowWork {
  db: Database;
  /** The run that has claimed the row. */
  holder: string;
  hosts: HostHealth;
  /** Pictures that are looked at, as many at a time as the recogniser takes; fetching goes on beside it. */
  looking: PQueue;
}

/**
 * Works a claimed row out: fetches its picture, looks at it, and keeps the face together with the outcome, in one
 * write, so that a row makes one sample whatever happens in between. Answers what came of it; null when another run
 * has taken the row, because this one was away for longer than its claim held.
 */
export async function importRow(row: ClaimedRow, work: RowWork): Promise<Outcome['status'] | null> {
  try {
    const known = row.host === null ? null : await sampleOf(work.db, row, null);
    if (known !== null) {
      if (row.host !== null) work.hosts.end(row.host, 'none');
      return await note(row, work, { status: 'duplicate', faceId: known });
    }
    const picture = await pictureOf(row, work);
    const face = await work.looking.add(() => lookWhenFree(picture));
    return await keep(row, work, face);
  } catch (error) {
    if (error instanceof KithError) {
      return note(row, work, { status: 'failed', errorType: error.type, errorMessage: error.message });
    }
    log().error({ err: error, import_id: row.importId, row: row.row }, 'an import row failed inside the server');
    return note(row, work, {
      status: 'failed',
      errorType: 9000,
      errorMessage: 'Something went wrong inside the server.',
    });
  }
}

async function note(row: ClaimedRow, { db, holder }: RowWork, outcome: Outcome): Promise<Outcome['status'] | null> {
  return (await noteOutcome(db, row, holder, outcome)) ? outcome.status : null;
}

interface Picture {
  file: Uint8Array;
  fetchedFrom?: string;
}

async function pictureOf(row: ClaimedRow, { db, hosts }: RowWork): Promise<Picture> {
  if (row.hasPicture) {
    const [stored] = await db
      .select({ picture: importRows.picture })
      .from(importRows)
      .where(and(eq(importRows.importId, row.importId), eq(importRows.row, row.row)));
    return { file: stored?.picture ?? new Uint8Array() };
  }
  // A data: URL is nobody's.
  if (row.host === null) return { file: (await readSource({ imageUrl: row.source })).bytes };
  if (hosts.isLeftAlone(row.host)) {
    hosts.end(row.host, 'none');
    throw new KithError(
      'IMAGE_HOST_TIMEOUT',
      `image_url: ${row.host} did not answer several times in a row, and was not asked again. Retry failed rows later.`,
    );
  }
  try {
    const { bytes } = await readSource({ imageUrl: row.source });
    hosts.end(row.host, 'answered');
    return { file: bytes, fetchedFrom: row.source };
  } catch (error) {
    hosts.end(row.host, isSilence(error) ? 'silent' : 'answered');
    throw error;
  }
}

/** Whether no answer came at all; a refusal or a 404 is one. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof KithError)) return false;
  return error.code === 'IMAGE_HOST_TIMEOUT' || (error.code === 'IMAGE_HOST_FAILED' && error.cause !== undefined);
}

async function lookWhenFree(picture: Picture): Promise<SampleFace> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readSample(picture, { select: 'single' });
    } catch (error) {
      if (!(error instanceof KithError) || error.code !== 'OVERLOADED' || attempt >= BUSY_TRIES) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}

/**
 * The sample, its line in the audit log and the row's outcome are written together. Writes follow each other, so that
 * of two rows that are the same the later one finds the sample of the first, whichever servers work on them.
 */
function keep(row: ClaimedRow, { db, holder }: RowWork, face: SampleFace): Promise<Outcome['status'] | null> {
  return withFeed(db, async (tx, numbers) => {
    if (!(await stillHolds(tx, row, holder))) return null;
    const known = await sampleOf(tx, row, face.imageHash ?? null);
    if (known !== null) {
      await noteOutcome(tx, row, holder, { status: 'duplicate', faceId: known });
      return 'duplicate';
    }
    const { faceId } = await insertSample(tx, numbers, { ...face, uniqueArgs: row.attributes });
    await recordAudit(
      actorOf(null, null),
      { action: 'sample.create', subjectKind: 'sample', subjectId: faceId, details: { import_id: row.importId } },
      tx,
    );
    await noteOutcome(tx, row, holder, { status: 'enrolled', faceId });
    return 'enrolled';
  });
}

/** The sample that such a row made before, in whatever import: same attributes, and the same URL or the same bytes. */
async function sampleOf(db: Database, row: ClaimedRow, imageHash: string | null): Promise<number | null> {
  const args = JSON.stringify(row.attributes);
  const picture = row.host === null ? eq(samples.imageHash, imageHash ?? '') : eq(samples.sourceUrl, row.source);
  const [found] = await db
    .select({ id: samples.id })
    .from(samples)
    .where(and(picture, sql`${samples.uniqueArgs} @> ${args}::jsonb`, sql`${samples.uniqueArgs} <@ ${args}::jsonb`))
    .limit(1);
  return found?.id ?? null;
}
