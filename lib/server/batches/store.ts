import { and, asc, count, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '@/db/client';
import { inBatches } from '@/db/inBatches';
import { type Import, type ImportRow, importRows, imports, type RowChoice } from '@/db/schema';
import { personSummary } from '@/lib/server/people/personAnswer';
import { disagreeingSamples } from '@/lib/server/people/samples/disagreeingSamples';
import { ownersOfSamples } from '@/lib/server/people/samples/store';
import { KithError } from '@/lib/shared/contract/errors';
import type { importSummary } from '@/lib/shared/contract/imports';
import { foldName } from '@/lib/shared/text/foldName';

type JsonValue = z.infer<ReturnType<typeof z.json>>;

export type ImportSummary = z.input<typeof importSummary>;

export interface NewRow {
  /** http(s) or data URL, or the name of `picture`. */
  source: string;
  picture?: Uint8Array;
  attributes: Record<string, unknown>;
  /** The row's number in its file, greater than any number before. Default: the next number. */
  row?: number | undefined;
  choice?: RowChoice | null;
  /** Names of groups that the person joins. */
  groups?: string[];
}

export async function requireImport(db: Database, id: number): Promise<Import> {
  const [found] = await db.select().from(imports).where(eq(imports.id, id));
  if (!found) throw new KithError('NOT_FOUND', `There is no import ${id}.`);
  return found;
}

/**
 * Adds rows, possibly none, to a new import or to one that is not over. With `start`, the import runs from now on.
 * @throws KithError NOT_FOUND; CONFLICT if the import is over; BAD_REQUEST if the numbers do not ascend
 */
export async function addRows(
  db: Database,
  { importId, name, start, rows }: { importId?: number | undefined; name: string; start: boolean; rows: NewRow[] },
): Promise<number> {
  return db.transaction(async (tx) => {
    const id = importId ?? (await newImport(tx, name));
    // Locked, because two requests at the same time would give their rows the same numbers.
    const [found] = await tx.select().from(imports).where(eq(imports.id, id)).for('update');
    if (!found) throw new KithError('NOT_FOUND', `There is no import ${id}.`);
    if (found.status === 'cancelled' || found.status === 'done') {
      throw new KithError('CONFLICT', 'This import is over. Start another.');
    }
    const [last] = await tx
      .select({ row: sql<number>`coalesce(max(${importRows.row}), 0)`.mapWith(Number) })
      .from(importRows)
      .where(eq(importRows.importId, id));
    const numbers = numbersOf(rows, last?.row ?? 0);
    if (rows.length > 0) {
      await tx.insert(importRows).values(
        rows.map((row, index) => ({
          importId: id,
          row: numbers[index] as number,
          source: row.source,
          picture: row.picture ?? null,
          attributes: withFoldedName(row.attributes),
          groups: row.groups ?? [],
          choice: row.choice ?? null,
        })),
      );
    }
    if (start) await tx.update(imports).set({ status: 'running' }).where(eq(imports.id, id));
    return id;
  });
}

function numbersOf(rows: readonly NewRow[], last: number): number[] {
  let number = last;
  return rows.map(({ row = number + 1 }) => {
    if (row <= number) {
      throw new KithError('BAD_REQUEST', `rows: row ${row} is not greater than the row before it, ${number}.`);
    }
    number = row;
    return row;
  });
}

/** Folds `user_name` (`foldName`), so that erasing a person finds the rows that name them. */
export function withFoldedName(attributes: Record<string, unknown>): Record<string, unknown> {
  const { user_name: name } = attributes;
  return typeof name === 'string' ? { ...attributes, user_name: foldName(name) } : attributes;
}

async function newImport(tx: Database, name: string): Promise<number> {
  const [made] = await tx.insert(imports).values({ name, status: 'paused' }).returning({ id: imports.id });
  if (!made) throw new Error('the insert returned no import');
  return made.id;
}

export type Steering = 'pause' | 'resume' | 'cancel' | 'retry';

/** The columns of a failed row that returns to the queue. */
export const TRIED_AGAIN = {
  status: 'waiting',
  errorType: null,
  errorMessage: null,
  differsFrom: null,
  finishedAt: null,
} as const;

/**
 * Locks an import whose failed rows are retried, until the transaction ends.
 * @returns its status from then on: a paused import stays paused, any other runs
 * @throws KithError NOT_FOUND; CONFLICT if the import was cancelled
 */
export async function lockToTryAgain(tx: Database, id: number): Promise<{ status: 'paused' | 'running' }> {
  const [found] = await tx.select({ status: imports.status }).from(imports).where(eq(imports.id, id)).for('update');
  if (!found) throw new KithError('NOT_FOUND', `There is no import ${id}.`);
  if (found.status === 'cancelled') {
    throw new KithError('CONFLICT', 'This import was cancelled, and its rows are not tried again. Start another.');
  }
  return { status: found.status === 'paused' ? 'paused' : 'running' };
}

/** Pauses, resumes or cancels an import. `retry` returns the failed rows to the queue; a paused import stays paused. */
export async function steerImport(db: Database, id: number, action: Steering): Promise<void> {
  const found = await requireImport(db, id);
  const over = found.status === 'cancelled' || found.status === 'done';
  if (action === 'retry') {
    await db.transaction(async (tx) => {
      const { status } = await lockToTryAgain(tx, id);
      await tx
        .update(importRows)
        .set({
          ...TRIED_AGAIN,
          // A row that ended the server twice is tried once more, with no other row in progress.
          attempts: sql`least(${importRows.attempts}, 1)`,
        })
        .where(and(eq(importRows.importId, id), eq(importRows.status, 'failed')));
      await tx.update(imports).set({ status, finishedAt: null }).where(eq(imports.id, id));
    });
    return;
  }
  if (over) throw new KithError('CONFLICT', 'This import is over.');
  const status = ({ pause: 'paused', resume: 'running', cancel: 'cancelled' } as const)[action];
  await db
    .update(imports)
    .set({ status, finishedAt: status === 'cancelled' ? new Date() : null })
    .where(eq(imports.id, id));
}

/** Cancels an import and deletes it with its rows, even while some are in progress. What it enrolled stays. */
export async function deleteImport(db: Database, id: number): Promise<void> {
  await requireImport(db, id);
  // First, so that no further row is started.
  await db.update(imports).set({ status: 'cancelled', finishedAt: new Date() }).where(eq(imports.id, id));
  await inBatches(async (limit) => {
    const some = db
      .select({ place: sql`${importRows}.ctid` })
      .from(importRows)
      .where(eq(importRows.importId, id))
      .limit(limit);
    return (await db.delete(importRows).where(sql`ctid in (${some})`).returning({ row: importRows.row })).length;
  });
  await db.delete(imports).where(eq(imports.id, id));
}

async function summaries(db: Database, found: Import[]): Promise<ImportSummary[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const counts = await db
    .select({ importId: importRows.importId, status: importRows.status, rows: count() })
    .from(importRows)
    .where(inArray(importRows.importId, ids))
    .groupBy(importRows.importId, importRows.status);
  return found.map((one) => {
    const of = (status: ImportRow['status']) =>
      counts.find((entry) => entry.importId === one.id && entry.status === status)?.rows ?? 0;
    const waiting = of('waiting');
    const done = of('enrolled') + of('duplicate') + of('failed');
    const rate = one.workedMs > 0 && done > 0 ? done / (one.workedMs / 1000) : null;
    return {
      import_id: one.id,
      name: one.name,
      status: one.status,
      created_at: one.createdAt.toISOString(),
      finished_at: one.finishedAt?.toISOString() ?? null,
      rows: waiting + done,
      waiting,
      enrolled: of('enrolled'),
      duplicates: of('duplicate'),
      failed: of('failed'),
      rows_per_second: rate,
      seconds_left: one.status === 'running' && rate ? waiting / rate : null,
    };
  });
}

export async function summaryOf(db: Database, id: number): Promise<ImportSummary> {
  const [summary] = await summaries(db, [await requireImport(db, id)]);
  if (!summary) throw new KithError('NOT_FOUND', `There is no import ${id}.`);
  return summary;
}

/** Returns the last 50 imports, newest first. */
export async function listImports(db: Database): Promise<ImportSummary[]> {
  return summaries(db, await db.select().from(imports).orderBy(desc(imports.id)).limit(50));
}

interface RowQuery {
  after: number;
  limit: number;
  status?: ImportRow['status'] | undefined;
}

/** Returns rows in ascending order, without uploaded pictures. */
export async function listRows(db: Database, importId: number, { after, limit, status }: RowQuery) {
  const rows = await db
    .select({
      row: importRows.row,
      source: importRows.source,
      attributes: importRows.attributes,
      groups: importRows.groups,
      status: importRows.status,
      faceId: importRows.faceId,
      errorType: importRows.errorType,
      errorMessage: importRows.errorMessage,
      differsFrom: importRows.differsFrom,
      looksLike: importRows.looksLike,
    })
    .from(importRows)
    .where(
      and(
        eq(importRows.importId, importId),
        gt(importRows.row, after),
        status === undefined ? undefined : eq(importRows.status, status),
      ),
    )
    .orderBy(asc(importRows.row))
    .limit(limit);
  const enrolled = rows.flatMap(({ status, faceId }) => (status === 'enrolled' && faceId !== null ? [faceId] : []));
  const disagreeing = await disagreeingSamples(db, enrolled);
  // Samples that were erased since are missing.
  const owners = await ownersOfSamples(
    db,
    rows.flatMap(({ differsFrom, looksLike }) => [differsFrom ?? [], looksLike ?? []].flat()),
  );
  return rows.map(({ faceId, errorType, errorMessage, attributes, differsFrom, looksLike, ...row }) => {
    const alike = owners.get(looksLike ?? 0);
    return {
      ...row,
      unique_args: attributes as Record<string, JsonValue>,
      face_id: faceId,
      error_type: errorType,
      error_message: errorMessage,
      disagrees: faceId !== null && disagreeing.has(faceId),
      differs_from: differsFrom !== null && owners.has(differsFrom) ? differsFrom : null,
      looks_like:
        looksLike === null || alike === undefined ? null : { face_id: looksLike, person: personSummary(alike) },
    };
  });
}
