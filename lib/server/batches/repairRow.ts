import { and, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows, imports, type RowChoice } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { requireImport, withFoldedName } from './store';

/** What is changed of a failed row; what is absent stays as it is. */
export interface RowRepair {
  /** Replaces the address or the uploaded picture. */
  source?: string | undefined;
  attributes?: Record<string, unknown> | undefined;
  position?: RowChoice['position'];
  keepDifferent?: boolean | undefined;
}

/** Changes a failed row, and has it tried again. Throws NOT_FOUND, CONFLICT for a row that did not fail. */
export async function repairRow(db: Database, importId: number, row: number, repair: RowRepair): Promise<void> {
  await db.transaction(async (tx) => {
    const { source, choice } = await requireFailed(tx, importId, row);
    const { position = choice?.position, keepDifferent = choice?.keepDifferent } = repair;
    // Another picture has its faces elsewhere.
    const isSame = repair.source === undefined || repair.source === source;
    const kept = isSame || repair.position !== undefined ? position : undefined;
    await tx
      .update(importRows)
      .set({
        ...(!isSame && { source: repair.source as string, picture: null }),
        ...(repair.attributes !== undefined && { attributes: withFoldedName(repair.attributes) }),
        choice: { ...(kept && { position: kept }), ...(keepDifferent && { keepDifferent }) },
        status: 'waiting',
        errorType: null,
        errorMessage: null,
        differsFrom: null,
        finishedAt: null,
        attempts: 0,
      })
      .where(rowOf(importId, row));
    await tx.update(imports).set({ status: 'running', finishedAt: null }).where(eq(imports.id, importId));
  });
}

/** Removes a failed row with its picture. Throws NOT_FOUND, CONFLICT for a row that did not fail. */
export async function removeRow(db: Database, importId: number, row: number): Promise<void> {
  await db.transaction(async (tx) => {
    await requireFailed(tx, importId, row);
    await tx.delete(importRows).where(rowOf(importId, row));
  });
}

/** A row's address, or its uploaded picture. Throws NOT_FOUND where it has neither any more. */
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
  if (found && (found.host !== null || /^data:/i.test(found.source))) return { image_url: found.source };
  throw new KithError('NOT_FOUND', `Row ${row} has no picture.`);
}

const rowOf = (importId: number, row: number) => and(eq(importRows.importId, importId), eq(importRows.row, row));

async function requireFailed(tx: Database, importId: number, row: number) {
  await requireImport(tx, importId);
  const [found] = await tx
    .select({ status: importRows.status, source: importRows.source, choice: importRows.choice })
    .from(importRows)
    .where(rowOf(importId, row))
    .for('update');
  if (!found) throw new KithError('NOT_FOUND', `there is no row ${row} in import ${importId}`);
  if (found.status !== 'failed') throw new KithError('CONFLICT', `Row ${row} has not failed.`);
  if (found.source === 'erased') throw new KithError('CONFLICT', `Row ${row} is of somebody who was erased.`);
  return found;
}
