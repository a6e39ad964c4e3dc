import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Returns ids as an SQL array in one parameter, however many there are. */
export const idArray = (ids: readonly number[]): SQL => sql`${`{${ids.join()}}`}::bigint[]`;

/**
 * Returns a condition that the person is in one of the groups. It is false for no person, and for an empty list of
 * groups.
 *
 * `offset 0` keeps the planner from joining, because it would read a whole large group for the few people of a page.
 * Each person is looked up by the primary key instead.
 */
export const inGroups = (personId: SQLWrapper, groupIds: readonly number[]): SQL =>
  sql`exists (select from person_groups as membership
    where membership.person_id = ${personId} and membership.group_id = any(${idArray(groupIds)}) offset 0)`;
