import { encodingToBase64 } from '@kith/sdk';
import type { UniqueArgs } from '@/db/schema';
import type { ImageSource } from '@/lib/server/images/withImage';
import { type Caller, THE_SERVER } from '@/lib/server/people/ownership';
import { personSummary } from '@/lib/server/people/personAnswer';
import { database } from '@/lib/server/platform/database';
import type { updateFace } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { Position } from '@/lib/shared/vision/types';
import { readSample } from './readSample';
import { requireSample, updateSample } from './store';

export interface FaceUpdate {
  faceId: number;
  source: ImageSource;
  /** Absent: unchanged. */
  uniqueArgs?: UniqueArgs | undefined;
  /** Default `single`. */
  select?: 'single' | 'largest';
  /** Which of several faces. */
  position?: Position | undefined;
  /** Default: the server itself. */
  caller?: Caller;
}

/**
 * Replaces the picture of a sample.
 * @throws KithError NOT_FOUND before the picture is fetched; else as `readSample` and `updateSample`
 */
export async function update(change: FaceUpdate): Promise<AnswerOf<typeof updateFace>> {
  const { faceId, source, uniqueArgs, select = 'single', position, caller = THE_SERVER } = change;
  const db = await database();
  await requireSample(db, faceId, caller);
  const face = await readSample(source, { select, position });
  const sample = await updateSample(db, faceId, { face, uniqueArgs }, caller);
  return {
    faces: [{ face_id: faceId, position: face.position, quality: face.quality, person: personSummary(sample.person) }],
    face_encoding: encodingToBase64(face.encoding),
  };
}
