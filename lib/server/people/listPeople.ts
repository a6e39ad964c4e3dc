import { asc, desc, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { nameOrder, people } from '@/db/schema';
import { type Position, readCursor, writeCursor } from '@/lib/server/lists/cursor';
import { wordsQuery } from '@/lib/server/lists/words';
import { type Caller, THE_SERVER } from './ownership';
import { searchPeople } from './searchPeople';
import { type ListedPerson, selectPeople } from './store';

export interface ListPeopleOptions {
  /** The `nextCursor` of the previous page, in the same order. */
  cursor?: string | undefined;
  /** 1 to 200; default 50. */
  limit?: number;
  /** With `name`, people without a name come first. Default `newest`. */
  order?: 'newest' | 'name';
  /** Each of its words must begin a word of the name or the external id. */
  search?: string | undefined;
  /** Only people in this group. */
  groupId?: number | undefined;
  /** Default: the server itself. A caller limited to groups only sees the people in them, and of their groups only these. */
  caller?: Caller;
}

export interface PeoplePage {
  people: ListedPerson[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * Returns a page of people.
 * @throws KithError BAD_REQUEST if the cursor is invalid
 */
export async function listPeople(db: Database, options: ListPeopleOptions): Promise<PeoplePage> {
  const { limit = 50, order = 'newest', cursor, search, groupId, caller = THE_SERVER } = options;
  const query = search === undefined ? null : wordsQuery(search);
  if (search?.trim() && query === null) return { people: [], nextCursor: null };

  // A group outside the limit does not exist for the caller.
  if (groupId !== undefined && caller.groups && !caller.groups.includes(groupId))
    return { people: [], nextCursor: null };

  const sort = order === 'name' ? [asc(nameOrder(people)), asc(people.id)] : [desc(people.id)];
  const after =
    cursor === undefined
      ? undefined
      : beyond(readCursor(cursor, { key: order === 'name' ? 'string' : 'number', id: 'integer' }), order);

  let which = after;
  const groups = [groupId === undefined ? null : [groupId], caller.groups ?? null].filter((ids) => ids !== null);
  if (query !== null || groups.length > 0) {
    const found = await searchPeople(db, { query, groups, filter: after, sort, limit: limit + 1 });
    if (found.length === 0) return { people: [], nextCursor: null };
    which = inArray(people.id, found);
  }
  const page = await selectPeople(db, caller.groups)
    .where(which)
    .orderBy(...sort)
    .limit(limit + 1);
  const last = page.length > limit ? page[limit - 1] : undefined;
  const key = order === 'name' ? (last?.name ?? '') : (last?.id ?? 0);
  return { people: page.slice(0, limit), nextCursor: last ? writeCursor([key, last.id]) : null };
}

function beyond([key, id]: Position<'string' | 'number', 'integer'>, order: 'newest' | 'name'): SQL {
  if (order === 'newest') return lt(people.id, id);
  return sql`(${nameOrder(people)}, ${people.id}) > (lower(${key}), ${id}::bigint)`;
}
