import { bigint, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** What a file from another server may contain under an id that is in use here. */
export const importedKind = pgEnum('imported_kind', ['person', 'sample', 'device']);

/**
 * The ids here of what was imported from another server. Rows stay after a deletion here, so that importing a file
 * again neither duplicates data nor restores what was deleted. They contain no personal data.
 */
export const importedIds = pgTable(
  'imported_ids',
  {
    /** Origin of the file: a server's id, or the name of a foreign format. */
    origin: text('origin').notNull(),
    kind: importedKind('kind').notNull(),
    /** The key in the file. In a server's file, it is the id there. */
    key: text('key').notNull(),
    /** The id here. */
    id: bigint('id', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.origin, table.kind, table.key] })],
);

export type ImportedId = typeof importedIds.$inferSelect;
export type ImportedKind = ImportedId['kind'];
