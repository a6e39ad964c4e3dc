import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** Someone samples belong to. */
export const people = pgTable(
  'people',
  {
    id: id(),
    /** The caller's own id of this person: `unique_args.user_id`, as text. */
    externalId: text('external_id').unique(),
    name: text('name'),
    notes: text('notes'),
    consentGivenAt: instant('consent_given_at'),
    consentUntil: instant('consent_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('people_name').on(table.name),
    // Words of the name and the external id, searched by their beginnings. Part of every Postgres, unlike pg_trgm.
    index('people_words').using(
      'gin',
      sql`to_tsvector('simple', coalesce(${table.name}, '') || ' ' || coalesce(${table.externalId}, ''))`,
    ),
  ],
);

export type Person = typeof people.$inferSelect;

/** Further external ids of a person, left by merging: samples that come with one still find the person. */
export const personAliases = pgTable(
  'person_aliases',
  {
    externalId: text('external_id').primaryKey(),
    personId: bigint('person_id', { mode: 'number' })
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [index('person_aliases_person_id').on(table.personId)],
);

export type PersonAlias = typeof personAliases.$inferSelect;
