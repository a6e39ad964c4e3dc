import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import type PQueue from 'p-queue';
import type { Database } from '@/db/client';
import { isDatabaseAway, isDatabaseBusy } from '@/db/errors';
import { importRows } from '@/db/schema';
import { type ImageByFile, type ImageSource, readSource } from '@/lib/server/images/withImage';
import { readSample } from '@/lib/server/people/samples/readSample';
import type { SampleFace } from '@/lib/server/people/samples/store';
import { log } from '@/lib/server/platform/log';
import { isThreadLost } from '@/lib/server/vision/pool';
import { ERRORS, KithError } from '@/lib/shared/contract/errors';
import type { Settings, StoreImages } from '@/lib/shared/contract/settings';
import { type ClaimedRow, giveBack, MOST_ATTEMPTS, noteOutcomes, type Outcome } from './claims';
import type { HostHealth } from './HostHealth';
import { keepKnownRows } from './keepKnownRows';
import type { RowKeeper } from './RowKeeper';
import type { AlikeFace, WhoIsAlike } from './whoIsAlike';

/** Maximum attempts to recognise a picture while the server is busy with other work. */
const BUSY_TRIES = 20;
const BUSY_WAIT_MS = 500;

/** Time limit for recognising one picture, ms. It starts when the picture's turn comes, and is a hundred times the usual time. */
export const LOOK_MS = 60_000;

/** What all rows of one run share. */
export interface RowWork {
  db: Database;
  /** The run that has claimed the row. */
  holder: string;
  hosts: HostHealth;
  /** Queue of pictures to recognise, with the recogniser's concurrency. Fetching goes on beside it. */
  looking: PQueue;
  keeper: RowKeeper;
  whoIsAlike: WhoIsAlike;
  /** The settings at the last claim. */
  settings: Pick<Settings, 'store_images' | 'match_trust'>;
  /** Rows whose pictures are being recognised. */
  busy: Set<ClaimedRow>;
  /** Time limit for recognising one picture, ms. */
  lookMs: number;
  /** Aborted when the server stops without waiting. The run then gives the rows back. */
  signal: AbortSignal;
}

/** Returns the owner of an import's pictures, for the limit on pictures and for circuit breakers. */
export const ownerOfImport = (importId: number): string => `import:${importId}`;

/** An attempt without an outcome, which the row may have caused. The message appears in the report. */
class AttemptLost extends Error {}

/**
 * Processes a claimed row: fetches its picture, recognises the face, and stores the sample together with the outcome. Both
 * are in one write, so that a row makes one sample at most.
 * @param known the sample that the row made before; nothing is fetched then
 * @returns the outcome; null if another run has taken the row, because this one let its claim expire
 * @throws if the database is unreachable or busy
 */
export async function importRow(row: ClaimedRow, work: RowWork, known?: number): Promise<Outcome['status'] | null> {
  try {
    if (known !== undefined) {
      if (row.host !== null) work.hosts.end(row.host, { answered: false });
      return (await keepKnownRows(work.db, work.holder, [{ row, faceId: known }])) > 0 ? 'duplicate' : null;
    }
    const picture = await pictureOf(row, work);
    const face = await work.looking.add(() => look(row, picture, work), { signal: work.signal });
    return await work.keeper.keep({ row, face, alike: await alikeOf(row, face, work) });
  } catch (error) {
    if (work.signal.aborted) return null;
    if (error instanceof AttemptLost) return attemptLost(row, work, error);
    if (error instanceof KithError) {
      return note(row, work, { status: 'failed', errorType: error.type, errorMessage: error.message });
    }
    // Nothing is wrong with the row: the run gives it back.
    if (isDatabaseAway(error) || isDatabaseBusy(error)) throw error;
    log().error({ err: error, import_id: row.importId, row: row.row }, 'an import row failed inside the server');
    return note(row, work, {
      status: 'failed',
      errorType: 9000,
      errorMessage: 'Something went wrong inside the server.',
    });
  }
}

/** Returns the samples that the face matches. They are a hint: if the search fails, the row is stored without it. */
async function alikeOf(
  { importId, row }: ClaimedRow,
  { encoding }: SampleFace,
  { whoIsAlike, settings }: RowWork,
): Promise<AlikeFace[]> {
  try {
    return await whoIsAlike(encoding, settings.match_trust);
  } catch (error) {
    if (isDatabaseAway(error) || isDatabaseBusy(error)) throw error;
    log().warn({ err: error, import_id: importId, row }, 'the search for people who look like an import row failed');
    return [];
  }
}

async function attemptLost(row: ClaimedRow, work: RowWork, error: AttemptLost): Promise<Outcome['status'] | null> {
  const { attempts } = row;
  log().warn({ err: error, import_id: row.importId, row: row.row, attempts }, 'an import row was not processed');
  if (attempts < MOST_ATTEMPTS) {
    await giveBack(work.db, work.holder, row);
    return null;
  }
  return note(row, work, {
    status: 'failed',
    errorType: ERRORS.INTERNAL.type,
    errorMessage: `${error.message} That was the second time. The row is not tried a third time by itself.`,
    spent: true,
  });
}

async function note(row: ClaimedRow, { db, holder }: RowWork, outcome: Outcome): Promise<Outcome['status'] | null> {
  return (await noteOutcomes(db, holder, [{ row, outcome }])) > 0 ? outcome.status : null;
}

async function pictureOf(row: ClaimedRow, { db, hosts, signal }: RowWork): Promise<ImageByFile> {
  if (row.hasPicture) {
    const [stored] = await db
      .select({ picture: importRows.picture })
      .from(importRows)
      .where(and(eq(importRows.importId, row.importId), eq(importRows.row, row.row)));
    return { file: stored?.picture ?? new Uint8Array() };
  }
  const source = { imageUrl: row.source, owner: ownerOfImport(row.importId), signal };
  // A data: URL has no host.
  if (row.host === null) return { file: (await readSource(source)).bytes };
  let answered = false;
  try {
    const { bytes } = await readSource(source);
    answered = true;
    return { file: bytes, fetchedFrom: row.source };
  } finally {
    hosts.end(row.host, { answered });
  }
}

/** Recognises the picture, for `lookMs` at most. A call that hangs is left to end by itself, and delays no other row. */
async function look(row: ClaimedRow, picture: ImageByFile, work: RowWork): Promise<SampleFace> {
  const { busy, lookMs, signal, settings } = work;
  busy.add(row);
  const ended = new AbortController();
  const late = sleep(lookMs, undefined, { signal: AbortSignal.any([ended.signal, signal]) }).then(() => {
    throw new AttemptLost(`Recognising the picture took longer than ${lookMs / 1000} seconds.`);
  });
  try {
    const source = { ...picture, owner: ownerOfImport(row.importId) };
    const face = await Promise.race([lookWhenFree(source, settings.store_images, row), late]);
    busy.delete(row);
    return face;
  } catch (error) {
    // A row that a stopping server interrupts stays in `busy`, so that its attempt counts.
    if (!signal.aborted) busy.delete(row);
    if (!isThreadLost(error)) throw error;
    throw new AttemptLost('The thread that processed the picture ended.', { cause: error });
  } finally {
    ended.abort();
  }
}

async function lookWhenFree(
  source: ImageSource,
  storeImages: StoreImages,
  { choice }: ClaimedRow,
): Promise<SampleFace> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readSample(source, { select: 'single', position: choice?.position }, storeImages);
    } catch (error) {
      if (!(error instanceof KithError) || error.code !== 'OVERLOADED' || attempt >= BUSY_TRIES) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}
