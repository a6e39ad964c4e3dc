import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';
import { SCAN_LIMIT } from '@/lib/server/lists/words';

export interface SearchSamplesOptions {
  /** The words looked for, in the attributes or in the person's name and external id; null finds every sample. */
  words: SQL | null;
  /** The attribute looked for. */
  attribute: SQL | undefined;
  /** What else the samples must be. */
  filter: SQL | undefined;
  /** The list's order. */
  sort: SQL[];
  /** Ids at most. */
  limit: number;
}

/**
 * The first samples, in the list's order, that words or an attribute are found in.
 *
 * PostgreSQL cannot tell how common the beginning of a word or an attribute is, and either of its plans is a thousand
 * times too slow for the wrong one: so the first rows of the list are looked through, which is enough for what is
 * common, and only then the indexes are asked for all there is, which is little for what is rare.
 */
export async function searchSamples(db: Database, options: SearchSamplesOptions): Promise<number[]> {
  const { words, attribute = sql`true`, limit } = options;
  const filter = options.filter ?? sql`true`;
  const sort = sql.join(options.sort, sql`, `);
  // A subquery for each of the rows looked through, where a join would have the whole table of people read.
  const found =
    words === null
      ? attribute
      : sql`${attribute} and (${samples.words} @@ ${words} or (
            select ${people.words} @@ ${words} from ${people} where ${people.id} = ${samples.personId}))`;
  // Both queries name their rows `samples`, so that filter and order fit in and around them.
  const early = await queryRows<{ id: number | string }>(
    db,
    sql`select ${samples.id}
        from (select * from ${samples} where ${filter} order by ${sort} limit ${SCAN_LIMIT}) as samples
        where ${found} order by ${sort} limit ${limit}`,
  );
  if (early.length === limit) return early.map((row) => Number(row.id));
  // The samples of people found are looked up person by person (`offset 0` keeps it so), not in a scan of all samples.
  const of = sql`select ${samples.id}, ${samples.score} from ${samples} where ${filter} and ${attribute}`;
  const hits =
    words === null
      ? of
      : sql`${of} and ${samples.words} @@ ${words}
            union
            select theirs.* from (select id from ${people} where ${people.words} @@ ${words}) as named
            cross join lateral (${of} and ${samples.personId} = named.id offset 0) as theirs`;
  const all = await queryRows<{ id: number | string }>(
    db,
    sql`with hits as materialized (${hits}) select ${samples.id} from hits as samples order by ${sort} limit ${limit}`,
  );
  return all.map((row) => Number(row.id));
}
