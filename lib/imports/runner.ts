import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import PQueue from 'p-queue';
import { type ImportRow, importRows, imports, samples } from '@/db/schema';
import { actorOf, recordAudit } from '@/lib/audit/recordAudit';
import { KithError } from '@/lib/contract/errors';
import { enrol } from '@/lib/faces/enrol';
import { log } from '@/lib/log/log';
import { database } from '@/lib/server/database';
import { processWide } from '@/lib/server/processWide';

/** Rows worked on at a time: one is fetched while another is looked at. More would crowd out people who wait. */
const CONCURRENCY = 2;
/** Rows between two looks at whether the import was paused or cancelled. */
const BATCH = 12;
/** Tries of a row while the server is busy with other work. */
const BUSY_TRIES = 20;
const BUSY_WAIT_MS = 500;

interface Runner {
  running: boolean;
  stopped: boolean;
}

const runner = () => processWide<Runner>('importRunner', () => ({ running: false, stopped: false }));

/** Works through every running import until none has rows left; called when one is started, and when the server starts. */
export function wakeImports(): void {
  const state = runner();
  if (state.running || state.stopped) return;
  state.running = true;
  void work()
    .catch((error: unknown) => log().error({ err: error }, 'imports stopped'))
    .finally(() => {
      state.running = false;
    });
}

/** Lets the rows being worked on finish and takes no more; what is left is taken up at the next start. */
export async function stopImports(): Promise<void> {
  const state = runner();
  state.stopped = true;
  while (state.running) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function work(): Promise<void> {
  const db = await database();
  while (!runner().stopped) {
    const [next] = await db
      .select()
      .from(imports)
      .where(eq(imports.status, 'running'))
      .orderBy(asc(imports.id))
      .limit(1);
    if (!next) return;
    const waiting = await db
      .select()
      .from(importRows)
      .where(and(eq(importRows.importId, next.id), eq(importRows.status, 'waiting')))
      .orderBy(asc(importRows.row))
      .limit(BATCH);
    if (waiting.length === 0) {
      await db
        .update(imports)
        .set({ status: 'done', finishedAt: new Date() })
        .where(and(eq(imports.id, next.id), eq(imports.status, 'running')));
      continue;
    }
    // Of rows that are the same, one at a time: the later ones then find the sample of the first.
    const distinct = [...new Map(waiting.toReversed().map((row) => [row.fingerprint, row])).values()].reverse();
    const started = performance.now();
    const queue = new PQueue({ concurrency: CONCURRENCY });
    await queue.addAll(distinct.map((row) => () => importRow(row)));
    await db
      .update(imports)
      .set({ workedMs: sql`${imports.workedMs} + ${Math.round(performance.now() - started)}` })
      .where(eq(imports.id, next.id));
  }
}

async function importRow(row: ImportRow): Promise<void> {
  const outcome = await outcomeOf(row);
  const db = await database();
  await db
    .update(importRows)
    .set({ ...outcome, finishedAt: new Date(), ...(outcome.status === 'failed' ? {} : { picture: null }) })
    .where(and(eq(importRows.importId, row.importId), eq(importRows.row, row.row)));
}

type Outcome = Partial<ImportRow> & Pick<ImportRow, 'status'>;

async function outcomeOf(row: ImportRow): Promise<Outcome> {
  const known = await sampleOf(row);
  if (known !== null) return { status: 'duplicate', faceId: known };
  try {
    const face = await enrolWhenFree(row);
    await recordAudit(actorOf(null, null), {
      action: 'sample.create',
      subjectKind: 'sample',
      subjectId: face.face_id,
      details: { import_id: row.importId },
    });
    return { status: 'enrolled', faceId: face.face_id };
  } catch (error) {
    if (error instanceof KithError) return { status: 'failed', errorType: error.type, errorMessage: error.message };
    log().error({ err: error, import_id: row.importId, row: row.row }, 'an import row failed inside the server');
    return { status: 'failed', errorType: 9000, errorMessage: 'Something went wrong inside the server.' };
  }
}

/** The sample that this row made already, in whatever import, also when the server died before it could note that. */
async function sampleOf(row: ImportRow): Promise<number | null> {
  const db = await database();
  const args = JSON.stringify(row.attributes);
  const picture =
    row.picture === null
      ? eq(samples.sourceUrl, row.source)
      : eq(samples.imageHash, createHash('sha256').update(row.picture).digest('hex'));
  const [found] = await db
    .select({ id: samples.id })
    .from(samples)
    .where(and(sql`${samples.uniqueArgs} @> ${args}::jsonb`, sql`${samples.uniqueArgs} <@ ${args}::jsonb`, picture))
    .limit(1);
  return found?.id ?? null;
}

async function enrolWhenFree(row: ImportRow) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await enrol({
        source: row.picture === null ? { imageUrl: row.source } : { file: row.picture },
        uniqueArgs: row.attributes,
      });
    } catch (error) {
      if (!(error instanceof KithError) || error.code !== 'OVERLOADED' || attempt >= BUSY_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS));
    }
  }
}
