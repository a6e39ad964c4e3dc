import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';
import { people } from './people';

/** People who belong together: a class, a department, a shift. */
export const groups = pgTable('groups', {
  id: id(),
  name: text('name').notNull(),
  /** The normalised name, by which names are compared and sorted. `groupKey` of lib/shared/text makes it. */
  key: text('key').notNull().unique(),
  /** `#rrggbb`, lower case; null: no colour. */
  colour: text('colour'),
  note: text('note'),
  /**
   * Number of people in it. A trigger on `person_groups` counts them, so that the list of groups never reads all
   * members.
   */
  people: integer('people').notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export type Group = typeof groups.$inferSelect;

/** The members of groups. */
export const personGroups = pgTable(
  'person_groups',
  {
    groupId: bigint('group_id', { mode: 'number' })
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    personId: bigint('person_id', { mode: 'number' })
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.groupId] }),
    index('person_groups_group').on(table.groupId, table.personId),
  ],
);
