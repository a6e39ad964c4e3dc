import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Ids as an array of SQL, in one parameter however many they are. */
export const idArray = (ids: readonly number[]): SQL => sql`${`{${ids.join()}}`}::bigint[]`;

/**
 * Condition: the person is in one of the groups; false for no person. An empty list is true of nobody.
 *
 * `offset 0` keeps the planner from joining: it would read a whole large group for the few people of a page. Each person is
 * looked up by the primary key instead.
 */
export const inGroups = (personId: SQLWrapper, groupIds: readonly number[]): SQL =>
  sql`exists (select from person_groups as membership
    where membership.person_id = ${personId} and membership.group_id = any(${idArray(groupIds)}) offset 0)`;
