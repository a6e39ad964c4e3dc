import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import type PQueue from 'p-queue';
import type { Database } from '@/db/client';
import { isDatabaseAway, isDatabaseBusy } from '@/db/errors';
import { importRows } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import type { StoreImages } from '@/lib/contract/settings';
import { readSample } from '@/lib/faces/readSample';
import type { SampleFace } from '@/lib/faces/store';
import { readSource } from '@/lib/images/withImage';
import { log } from '@/lib/log/log';
import { type ClaimedRow, noteOutcomes, type Outcome } from './claims';
import type { HostHealth } from './HostHealth';
import type { RowKeeper } from './RowKeeper';

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
  keeper: RowKeeper;
  /** What the settings said when rows were claimed last. */
  storeImages: StoreImages;
}

/**
 * Works a claimed row out: fetches its picture, looks at it, and keeps the face together with the outcome, in one
 * write, so that a row makes one sample whatever happens in between. Answers what came of it; null when another run
 * has taken the row, because this one was away for longer than its claim held.
 * @param known the sample that its URL gave before; then nothing is fetched
 */
export async function importRow(
  row: ClaimedRow,
  work: RowWork,
  known: number | undefined,
): Promise<Outcome['status'] | null> {
  try {
    if (known !== undefined) {
      if (row.host !== null) work.hosts.end(row.host, 'none');
      return await note(row, work, { status: 'duplicate', faceId: known });
    }
    const picture = await pictureOf(row, work);
    const face = await work.looking.add(() => lookWhenFree(picture, work.storeImages));
    return await work.keeper.keep({ row, face });
  } catch (error) {
    if (error instanceof KithError) {
      return note(row, work, { status: 'failed', errorType: error.type, errorMessage: error.message });
    }
    // Nothing is wrong with the row: its claim runs out, and it is taken up again.
    if (isDatabaseAway(error) || isDatabaseBusy(error)) throw error;
    log().error({ err: error, import_id: row.importId, row: row.row }, 'an import row failed inside the server');
    return note(row, work, {
      status: 'failed',
      errorType: 9000,
      errorMessage: 'Something went wrong inside the server.',
    });
  }
}

async function note(row: ClaimedRow, { db, holder }: RowWork, outcome: Outcome): Promise<Outcome['status'] | null> {
  return (await noteOutcomes(db, holder, [{ row, outcome }])) > 0 ? outcome.status : null;
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

async function lookWhenFree(picture: Picture, storeImages: StoreImages): Promise<SampleFace> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readSample(picture, { select: 'single' }, storeImages);
    } catch (error) {
      if (!(error instanceof KithError) || error.code !== 'OVERLOADED' || attempt >= BUSY_TRIES) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}
