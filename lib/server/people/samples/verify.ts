import { encodingFromBytes, normalisedDistance } from '@kith/sdk';
import type { ImageSource } from '@/lib/server/images/withImage';
import { type Caller, THE_SERVER } from '@/lib/server/people/ownership';
import { getPerson } from '@/lib/server/people/store';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import type { verifyFace } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { chooseFace } from './chooseFace';
import { withFaces } from './findFaces';
import { likeness, reachesTrust } from './likeness';
import { matchTrust } from './matchTrust';
import { getSamplesOfPerson, requireSample } from './store';
import type { StoredSample } from './storedSample';

export interface Verification {
  source: ImageSource;
  /** What the face is compared with. */
  other: { source: ImageSource } | { faceId: number } | { personId: number };
  /** Minimum trust of the same person. Default: the server's. */
  minTrust?: number | undefined;
  /** Default: the server itself. A caller limited to groups only compares with their people. */
  caller?: Caller;
}

/**
 * Compares the main face of a picture with another face or a person. For a person, the nearest sample decides.
 * @throws KithError NO_FACE, NOT_FOUND; CONFLICT for a sample of another model; or if a picture cannot be used
 */
export async function verify(request: Verification): Promise<AnswerOf<typeof verifyFace>> {
  const { source, other, minTrust = await matchTrust(), caller = THE_SERVER } = request;
  // Looked up first, so that a wrong id fails before any picture is fetched.
  const stored = 'source' in other ? null : await storedEncodings(other, caller);
  const face = await encodingOfMainFace(source);
  const others = stored ?? ('source' in other ? [await encodingOfMainFace(other.source)] : []);
  const nearest = Math.min(...others.map((encoding) => normalisedDistance(face, encoding)));
  return { match: reachesTrust(nearest, minTrust), ...likeness(nearest) };
}

function encodingOfMainFace(source: ImageSource): Promise<Float32Array> {
  return withFaces(source, async ({ faces, image }) => chooseFace(faces, { select: 'largest' }, image).encoding);
}

async function storedEncodings(
  other: { faceId: number } | { personId: number },
  caller: Caller,
): Promise<Float32Array[]> {
  const db = await database();
  if ('faceId' in other) return [comparable(await requireSample(db, other.faceId, caller))];
  const { id } = await getPerson(db, other.personId, caller);
  const samples = await getSamplesOfPerson(db, id);
  if (samples.length === 0) throw new KithError('NOT_FOUND', `Person ${id} has no samples.`);
  return samples.map(comparable);
}

function comparable(sample: StoredSample): Float32Array {
  if (sample.model !== MODEL_ID) {
    throw new KithError('CONFLICT', `Face ${sample.faceId} was encoded by another model. Update it with a picture.`);
  }
  return encodingFromBytes(sample.encoding);
}
