import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type ImportedKind, importedIds } from '@/db/schema';

/** Ids here of imported things of one origin. */
export class ImportedIds {
  constructor(
    private readonly tx: Database,
    private readonly origin: string,
  ) {}

  /**
   * Returns ids here by their keys in the file. Keys that were never imported are missing. The things may have been
   * deleted since.
   */
  async find(kind: ImportedKind, keys: readonly string[]): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await this.tx
      .select({ key: importedIds.key, id: importedIds.id })
      .from(importedIds)
      .where(
        and(
          eq(importedIds.origin, this.origin),
          eq(importedIds.kind, kind),
          inArray(importedIds.key, [...new Set(keys)]),
        ),
      );
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  async remember(kind: ImportedKind, found: ReadonlyMap<string, number>): Promise<void> {
    if (found.size === 0) return;
    await this.tx
      .insert(importedIds)
      .values([...found].map(([key, id]) => ({ origin: this.origin, kind, key, id })))
      .onConflictDoUpdate({
        target: [importedIds.origin, importedIds.kind, importedIds.key],
        set: { id: sql`excluded.id` },
      });
  }
}
