import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { samples } from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import type { EncodedSample } from '@/lib/server/people/agreement';
import { MODEL_ID } from '@/lib/shared/vision/types';

/**
 * Returns the oldest samples of each person, of the current model, by person. People without samples are left out.
 * @param most maximum number of samples per person; no more are read
 */
export async function oldestSamples(
  db: Database,
  personIds: readonly number[],
  most: number,
): Promise<Map<number, EncodedSample[]>> {
  const ofPerson = new Map<number, EncodedSample[]>();
  if (personIds.length === 0) return ofPerson;
  const rows = await queryRows<{ person_id: number | string; face_id: number | string; encoding: Uint8Array }>(
    db,
    sql`select p.id as person_id, s.id as face_id, s.encoding
      from unnest(${idArray(personIds)}) as p(id)
      cross join lateral (
        select ${samples.id}, ${samples.encoding} from ${samples}
        where ${samples.personId} = p.id and ${samples.model} = ${MODEL_ID} order by ${samples.id} limit ${most}
      ) as s order by p.id, s.id`,
  );
  for (const { person_id, face_id, encoding } of rows) {
    const personId = Number(person_id);
    const own = ofPerson.get(personId) ?? [];
    own.push({ faceId: Number(face_id), encoding });
    ofPerson.set(personId, own);
  }
  return ofPerson;
}
