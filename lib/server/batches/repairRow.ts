import { and, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows, imports, type RowChoice } from '@/db/schema';
import { isDataUrl } from '@/lib/server/images/dataUrl';
import { KithError } from '@/lib/shared/contract/errors';
import { lockToTryAgain, requireImport, TRIED_AGAIN, withFoldedName } from './store';

/** Changes to a failed row. Absent fields stay as they are. */
export interface RowRepair {
  /** Replaces the address or the uploaded picture. */
  source?: string | undefined;
  attributes?: Record<string, unknown> | undefined;
  position?: RowChoice['position'];
  keepDifferent?: boolean | undefined;
}

/**
 * Changes a failed row and returns it to the queue. It is retried at once, or when its paused import is resumed.
 * `keepDifferent` applies only to the picture and the person that it was set for.
 * @throws KithError NOT_FOUND; CONFLICT if the row has not failed, or if the import was cancelled
 */
export async function repairRow(db: Database, importId: number, row: number, repair: RowRepair): Promise<void> {
  await db.transaction(async (tx) => {
    // The import is locked before the row, in the same order as where an import ends.
    const { status } = await lockToTryAgain(tx, importId);
    const { source, choice, attributes } = await requireFailed(tx, importId, row);
    const isSame = repair.source === undefined || repair.source === source;
    const isSamePerson = repair.attributes === undefined || namesTheSame(attributes, withFoldedName(repair.attributes));
    // A position is only valid for the picture that it was chosen in.
    const { position = isSame ? choice?.position : undefined } = repair;
    const { keepDifferent = isSame && isSamePerson && choice?.keepDifferent } = repair;
    await tx
      .update(importRows)
      .set({
        ...(!isSame && { source: repair.source as string, picture: null }),
        ...(repair.attributes !== undefined && { attributes: withFoldedName(repair.attributes) }),
        choice: { ...(position && { position }), ...(keepDifferent && { keepDifferent }) },
        ...TRIED_AGAIN,
        attempts: 0,
      })
      .where(rowOf(importId, row));
    await tx.update(imports).set({ status, finishedAt: null }).where(eq(imports.id, importId));
  });
}

/**
 * Deletes a failed row with its picture.
 * @throws KithError NOT_FOUND; CONFLICT if the row has not failed
 */
export async function removeRow(db: Database, importId: number, row: number): Promise<void> {
  await db.transaction(async (tx) => {
    await requireImport(tx, importId);
    await requireFailed(tx, importId, row);
    await tx.delete(importRows).where(rowOf(importId, row));
  });
}

/**
 * Returns a row's address, or its uploaded picture.
 * @throws KithError NOT_FOUND if it has neither any more
 */
export async function pictureOfRow(
  db: Database,
  importId: number,
  row: number,
): Promise<{ image: Uint8Array } | { image_url: string }> {
  const [found] = await db
    .select({ source: importRows.source, host: importRows.host, picture: importRows.picture })
    .from(importRows)
    .where(rowOf(importId, row));
  if (found?.picture) return { image: found.picture };
  if (found && (found.host !== null || isDataUrl(found.source))) return { image_url: found.source };
  throw new KithError('NOT_FOUND', `Row ${row} has no picture.`);
}

const rowOf = (importId: number, row: number) => and(eq(importRows.importId, importId), eq(importRows.row, row));

/** Whether both attributes name a person with the same words. */
const namesTheSame = (one: Record<string, unknown>, other: Record<string, unknown>): boolean =>
  ['user_id', 'user_name'].every((field) => String(one[field] ?? '').trim() === String(other[field] ?? '').trim());

async function requireFailed(tx: Database, importId: number, row: number) {
  const [found] = await tx
    .select({
      status: importRows.status,
      source: importRows.source,
      choice: importRows.choice,
      attributes: importRows.attributes,
    })
    .from(importRows)
    .where(rowOf(importId, row))
    .for('update');
  if (!found) throw new KithError('NOT_FOUND', `There is no row ${row} in import ${importId}.`);
  if (found.status !== 'failed') throw new KithError('CONFLICT', `Row ${row} has not failed.`);
  if (found.source === 'erased') throw new KithError('CONFLICT', `Row ${row} belongs to a person who was erased.`);
  return found;
}
