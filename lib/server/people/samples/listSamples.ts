import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples, scoreBand } from '@/db/schema';
import { inGroups } from '@/lib/server/feed/inGroups';
import { type Position, readCursor, writeCursor } from '@/lib/server/lists/cursor';
import { wordsQuery } from '@/lib/server/lists/words';
import type { Caller } from '@/lib/server/people/ownership';
import { QUALITY_RANGE, type QualityBand } from '@/lib/shared/contract/qualityBand';
import { searchSamples } from './searchSamples';
import { type ListedSample, selectSamples } from './storedSample';

/** Order of the list. `worst` and `best` sort by quality score, and equal scores by id. */
export type SampleOrder = 'newest' | 'oldest' | 'best' | 'worst';

export interface ListSamplesOptions {
  /** The `nextCursor` of the previous page, in the same order. */
  cursor?: string | undefined;
  /** 1 to 200; default 50. */
  limit?: number;
  /** Default `newest`. */
  order?: SampleOrder;
  /** Only samples of this person; null: only unassigned samples. */
  personId?: number | null | undefined;
  /** Only samples with a quality score in this band. */
  quality?: QualityBand | undefined;
  /** Each of its words must begin a word of the attributes' values, or each a word of the person's name or external id. */
  search?: string | undefined;
  /** Only samples with this attribute. The value may be text, a number, true, false or null. */
  attribute?: { name: string; value: string } | undefined;
  /** Default: the server itself. A caller limited to groups only sees samples of their people. */
  caller?: Caller;
}

export interface SamplePage {
  samples: ListedSample[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** In the order of `scoreBand`'s numbers. */
const BANDS: readonly QualityBand[] = ['poor', 'fair', 'good'];

/**
 * Returns a page of samples.
 * @throws KithError BAD_REQUEST if the cursor is invalid
 */
export async function listSamples(db: Database, options: ListSamplesOptions): Promise<SamplePage> {
  const { limit = 50, order = 'newest', cursor } = options;
  const byScore = order === 'best' || order === 'worst';
  const down = order === 'newest' || order === 'best';
  const direction = down ? desc : asc;
  const sort = byScore ? [direction(samples.score), direction(samples.id)] : [direction(samples.id)];
  const after =
    cursor === undefined ? undefined : beyond(readCursor(cursor, { key: 'number', id: 'integer' }), byScore, down);
  const limited = options.caller?.groups ?? null;
  const visible = limited === null ? undefined : inGroups(samples.personId, limited);
  const filter = and(after, ofPerson(options.personId), inBand(options.quality, byScore), visible);
  const attribute = withAttribute(options.attribute);

  const words = options.search === undefined ? null : wordsQuery(options.search);
  const nothingToFind = options.search?.trim() && words === null;
  if (nothingToFind) return { samples: [], nextCursor: null };

  let which = filter;
  if (words !== null || attribute !== undefined) {
    const found = await searchSamples(db, { words, attribute, filter, sort, limit: limit + 1 });
    if (found.length === 0) return { samples: [], nextCursor: null };
    which = inArray(samples.id, found);
  }

  const page = await selectSamples(db)
    .where(which)
    .orderBy(...sort)
    .limit(limit + 1);
  const last = page.length > limit ? page[limit - 1] : undefined;
  return {
    samples: page.slice(0, limit),
    nextCursor: last ? writeCursor([byScore ? last.quality.score : last.faceId, last.faceId]) : null,
  };
}

/** Compares as a row, so that the index is entered at the cursor, however far down the list. */
function beyond([key, id]: Position<'number', 'integer'>, byScore: boolean, down: boolean): SQL {
  const further = down ? sql`<` : sql`>`;
  if (!byScore) return sql`${samples.id} ${further} ${id}`;
  return sql`(${samples.score}, ${samples.id}) ${further} (${Number(key)}::double precision, ${id}::bigint)`;
}

function ofPerson(personId: number | null | undefined): SQL | undefined {
  if (personId === undefined) return undefined;
  return personId === null ? sql`${samples.personId} is null` : eq(samples.personId, personId);
}

/** By score, a band is a range of the score's index. By id, the band has an index of its own. */
function inBand(band: QualityBand | undefined, byScore: boolean): SQL | undefined {
  if (band === undefined) return undefined;
  const { from, below } = QUALITY_RANGE[band];
  if (byScore) return and(gte(samples.score, from), lt(samples.score, below));
  return sql`${scoreBand(samples)} = ${BANDS.indexOf(band)}`;
}

function withAttribute(attribute: ListSamplesOptions['attribute']): SQL | undefined {
  if (attribute === undefined) return undefined;
  const { name, value } = attribute;
  const spellings: unknown[] = [value];
  if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(value)) spellings.push(JSON.parse(plainNumber(value)));
  return or(
    ...spellings.map((spelling) => sql`${samples.uniqueArgs} @> ${JSON.stringify({ [name]: spelling })}::jsonb`),
  );
}

/** JSON does not allow leading zeros, so `007` is only text. */
function plainNumber(value: string): string {
  return /^-?0\d/.test(value) ? JSON.stringify(value) : value;
}
