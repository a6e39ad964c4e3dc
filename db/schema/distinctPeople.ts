import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { people } from './people';

const person = (name: string) =>
  bigint(name, { mode: 'number' })
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

/** Two people whom somebody marked as different, however similar their samples are. */
export const distinctPeople = pgTable(
  'distinct_people',
  {
    /** The smaller of the two ids. */
    personId: person('person_id'),
    otherPersonId: person('other_person_id'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.otherPersonId] }),
    index('distinct_people_other').on(table.otherPersonId),
    check('distinct_people_in_order', sql`${table.personId} < ${table.otherPersonId}`),
  ],
);
