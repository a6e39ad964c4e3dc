import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant, words } from './columns';

/** Sort order of people by name. People without a name come first. */
export const nameOrder = (table: { name: AnyPgColumn }) => sql<string>`lower(coalesce(${table.name}, ''))`;

/** A person that samples belong to. */
export const people = pgTable(
  'people',
  {
    id: id(),
    /** The caller's own id for the person: `unique_args.user_id`, as text. */
    externalId: text('external_id').unique(),
    name: text('name'),
    /** Words of the name and the external id. */
    words: words('words').notNull().default(sql`''`),
    notes: text('notes'),
    consentGivenAt: instant('consent_given_at'),
    consentUntil: instant('consent_until'),
    /** Credentials that added the person, such as `device:3` or `key:12`; null: unknown. */
    addedBy: text('added_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('people_name').on(table.name),
    index('people_by_name').on(nameOrder(table), table.id),
    index('people_words').using('gin', table.words),
    // People without consent, and those whose consent ends. The review lists them.
    index('people_consent_given').on(table.consentGivenAt, table.id),
    index('people_consent_until').on(table.consentUntil, table.id),
  ],
);

export type Person = typeof people.$inferSelect;

/** Further external ids of a person, left by merging. Samples that are sent with one still find the person. */
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
