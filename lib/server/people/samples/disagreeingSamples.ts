import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { samples } from '@/db/schema';
import { agreementOfOne, type EncodedSample } from '@/lib/server/people/agreement';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** Other samples of a person that each one is compared with, the newest. */
const OF_EACH = 8;

/** Those of the samples that do not look like the others of their person, as they stand now. */
export async function disagreeingSamples(db: Database, faceIds: readonly number[]): Promise<Set<number>> {
  if (faceIds.length === 0) return new Set();
  const rows = await queryRows<{
    face_id: number | string;
    encoding: Uint8Array;
    other_id: number | string;
    other_encoding: Uint8Array;
  }>(
    db,
    sql`select own.id as face_id, own.encoding, other.id as other_id, other.encoding as other_encoding
      from ${samples} as own
      cross join lateral (
        select id, encoding from ${samples} as s
        where s.person_id = own.person_id and s.id <> own.id and s.model = ${MODEL_ID} order by s.id desc limit ${OF_EACH}
      ) as other
      where own.id = any(${sql.param(`{${faceIds.join(',')}}`)}::bigint[]) and own.model = ${MODEL_ID}`,
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
