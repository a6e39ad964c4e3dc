import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { StoredPosition, UniqueArgs } from '@/db/schema';
import { identityOf } from '@/lib/server/people/identity';
import { type Caller, THE_SERVER, touchableSamples } from '@/lib/server/people/ownership';
import { peopleNamed } from '@/lib/server/people/personOf';
import { iou } from '@/lib/shared/vision/boxes';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** Minimum IoU of two boxes of the same face in one picture. */
const SAME_BOX = 0.3;

/** A face that is about to be stored. */
export interface FaceToFind {
  /** SHA-256 of the picture's bytes, in hex; null finds nothing. */
  imageHash: string | null;
  position: StoredPosition;
  uniqueArgs: UniqueArgs;
  /** Takes precedence over the attributes. */
  personId?: number | undefined;
  /** Whether a sample with exactly these attributes counts as the same, whoever owns it now. */
  byAttributes: boolean;
}

interface Found extends Record<string, unknown> {
  nth: number;
  id: number | string;
  position: StoredPosition;
}

/**
 * Finds the samples that the same faces of the same pictures made before. The keys are indexes into `faces`. A sample is
 * found if it belongs to the same person, was moved from them, or was sent with the same attributes. Enrolment and imports use
 * this, so that sending a picture again adds nothing. Samples of another model are not found, because enrolling their
 * pictures again renews them.
 */
export async function sameFaces(
  db: Database,
  faces: readonly FaceToFind[],
  caller: Caller = THE_SERVER,
): Promise<Map<number, number>> {
  const seen = await knownPictures(db, faces);
  const sought = faces.flatMap((face, nth) =>
    face.imageHash !== null && seen.has(face.imageHash) ? { ...face, nth } : [],
  );
  if (sought.length === 0) return new Map();
  const named = await peopleNamed(
    db,
    sought.map(({ uniqueArgs }) => uniqueArgs),
    caller,
  );
  const rows = sought.flatMap(({ nth, imageHash, personId, uniqueArgs, byAttributes }, i) => {
    const namedId = named[i]?.id ?? null;
    // If person_id and user_id name different people, storing the sample fails later.
    const isClash = personId !== undefined && namedId !== null && namedId !== personId;
    if (isClash && identityOf(uniqueArgs).externalId !== null) return [];
    const attributes = byAttributes && personId === undefined ? uniqueArgs : null;
    return [{ nth, hash: imageHash, person: personId ?? namedId, attributes }];
  });
  const found = await queryRows<Found>(
    db,
    sql`select nth, made.id, made.position
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sought(nth int, hash text, person bigint, attributes jsonb)
        cross join lateral (
          select id, position from samples
          where (person_id = person or sent_for = person) and image_hash = hash and model = ${MODEL_ID}
          union
          select id, position from samples
          where image_hash = hash and coalesce(sent_args, unique_args) = attributes and model = ${MODEL_ID}
          order by id
        ) as made`,
  );
  const touchable = await touchableSamples(
    db,
    caller,
    found.map(({ id }) => Number(id)),
  );
  const byPlace = new Map<number, number>();
  for (const { nth, id, position } of found) {
    const face = faces[nth];
    if (byPlace.has(nth) || !face || !touchable.has(Number(id))) continue;
    if (iou(position, face.position) >= SAME_BOX) byPlace.set(nth, Number(id));
  }
  return byPlace;
}

/** Returns the hashes of pictures that have made a sample. Usually there are none, and no other query is needed. */
async function knownPictures(db: Database, faces: readonly FaceToFind[]): Promise<Set<string>> {
  const hashes = [...new Set(faces.flatMap(({ imageHash }) => imageHash ?? []))];
  if (hashes.length === 0) return new Set();
  const rows = await queryRows<{ hash: string }>(
    db,
    sql`select hash from jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb) as hash
        where exists (select from samples where image_hash = hash)`,
  );
  return new Set(rows.map(({ hash }) => hash));
}
