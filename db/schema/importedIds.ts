import { bigint, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** What a file of another server may bring under an id that is taken here. */
export const importedKind = pgEnum('imported_kind', ['person', 'sample', 'device']);

/**
 * Where what came from another server is now. It stays when the thing is deleted here, so that importing a file again
 * neither doubles what is here nor brings back what was deleted. It says nothing about anyone.
 */
export const importedIds = pgTable(
  'imported_ids',
  {
    /** Whose file it was: a server's id, or the name of a foreign format. */
    origin: text('origin').notNull(),
    kind: importedKind('kind').notNull(),
    /** What the file knew it by; for a server's file, its id there. */
    key: text('key').notNull(),
    /** Its id here. */
    id: bigint('id', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.origin, table.kind, table.key] })],
);

export type ImportedId = typeof importedIds.$inferSelect;
export type ImportedKind = ImportedId['kind'];
