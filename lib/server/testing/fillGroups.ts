import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** Groups, as many as a large site has. */
const GROUPS = 100;

/**
 * Puts everybody into groups for tests of size: one group has everybody, the others share them evenly, and the last has
 * three people.
 */
export async function fillGroups(db: Database): Promise<void> {
  await db.execute(sql`
    insert into groups (name, key) select 'Group ' || n, 'group ' || n from generate_series(1, ${GROUPS}) as n`);
  await db.execute(sql`
    insert into person_groups (group_id, person_id)
    select groups.id, people.id from people join groups
      on groups.name = 'Group 1' or groups.name = 'Group ' || (2 + people.id % ${GROUPS - 2})
    union
    select groups.id, first_ones.id from groups, (select id from people order by id limit 3) as first_ones
    where groups.name = ${`Group ${GROUPS}`}`);
}
