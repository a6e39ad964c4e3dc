import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { samples } from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import { agreementOfOne, type EncodedSample } from '@/lib/server/people/agreement';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** Maximum number of the person's other samples that each sample is compared with. The newest are used. */
const OF_EACH = 8;
/** Maximum number of verdicts that are remembered. */
const MOST_REMEMBERED = 10_000;

interface Verdict {
  /** Identifies the samples that were compared, and their versions. */
  stamp: string;
  disagrees: boolean;
}

/** Verdicts by sample, oldest first. A running import is listed every second, and encodings are expensive to read. */
const remembered = new WeakMap<Database, Map<number, Verdict>>();

/** Returns the samples that do not look like the other samples of their person, as they are now. */
export async function disagreeingSamples(db: Database, faceIds: readonly number[]): Promise<Set<number>> {
  if (faceIds.length === 0) return new Set();
  const verdicts = remembered.get(db) ?? new Map<number, Verdict>();
  remembered.set(db, verdicts);
  const stamps = await stampsOf(db, faceIds);
  const isCurrent = ([faceId, stamp]: [number, string]) => verdicts.get(faceId)?.stamp === stamp;
  const disagreeing = new Set([...stamps].filter(isCurrent).flatMap(([id]) => (verdicts.get(id)?.disagrees ? id : [])));
  const changed = [...stamps].filter((one) => !isCurrent(one));
  const compared = await compare(
    db,
    changed.map(([faceId]) => faceId),
  );
  for (const [faceId, stamp] of changed) {
    const disagrees = compared.has(faceId);
    if (disagrees) disagreeing.add(faceId);
    verdicts.delete(faceId);
    verdicts.set(faceId, { stamp, disagrees });
  }
  for (const [oldest] of verdicts) {
    if (verdicts.size <= MOST_REMEMBERED) break;
    verdicts.delete(oldest);
  }
  return disagreeing;
}

/** The newest other samples of the person of `own`. */
const others = sql`
  select id, encoding, updated_at from ${samples} as s
  where s.person_id = own.person_id and s.id <> own.id and s.model = ${MODEL_ID} order by s.id desc limit ${OF_EACH}`;

/** Returns a stamp for each sample that has others to compare with. A changed sample has a new feed number. */
async function stampsOf(db: Database, faceIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await queryRows<{ face_id: number | string; stamp: string }>(
    db,
    sql`select own.id as face_id,
          own.updated_at || ' ' || string_agg(other.id || ':' || other.updated_at, ' ' order by other.id) as stamp
        from ${samples} as own cross join lateral (${others}) as other
        where own.id = any(${idArray(faceIds)}) and own.model = ${MODEL_ID} group by own.id`,
  );
  return new Map(rows.map(({ face_id, stamp }) => [Number(face_id), stamp]));
}

/** Reads the encodings, and returns the samples that disagree. */
async function compare(db: Database, faceIds: readonly number[]): Promise<Set<number>> {
  if (faceIds.length === 0) return new Set();
  const rows = await queryRows<{
    face_id: number | string;
    encoding: Uint8Array;
    other_id: number | string;
    other_encoding: Uint8Array;
  }>(
    db,
    sql`select own.id as face_id, own.encoding, other.id as other_id, other.encoding as other_encoding
        from ${samples} as own cross join lateral (${others}) as other
        where own.id = any(${idArray(faceIds)}) and own.model = ${MODEL_ID}`,
  );
  const found = new Map<number, { own: EncodedSample; others: EncodedSample[] }>();
  for (const { face_id, encoding, other_id, other_encoding } of rows) {
    const faceId = Number(face_id);
    const entry = found.get(faceId) ?? { own: { faceId, encoding }, others: [] };
    entry.others.push({ faceId: Number(other_id), encoding: other_encoding });
    found.set(faceId, entry);
  }
  return new Set([...found].filter(([, { own, others }]) => agreementOfOne(own, others).outlier).map(([id]) => id));
}
