import { encodingToBase64 } from '@kith/sdk';
import type { UniqueArgs } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import type { enrolFace } from '@/lib/contract/faces';
import type { AnswerOf } from '@/lib/contract/operation';
import type { ImageSource } from '@/lib/images/withImage';
import { personSummary } from '@/lib/people/personAnswer';
import { database } from '@/lib/server/database';
import type { Position } from '@/lib/vision/types';
import { type Candidate, findCandidates } from './candidates';
import { reachesTrust } from './likeness';
import { matchTrust } from './matchTrust';
import { readSample } from './readSample';
import { createSample } from './store';

/** Most entries of `similar`. */
const MAX_SIMILAR = 10;

export interface Enrolment {
  source: ImageSource;
  uniqueArgs?: UniqueArgs | undefined;
  personId?: number | undefined;
  /** Default `single`. */
  select?: 'single' | 'largest';
  /** Which of several faces. */
  position?: Position | undefined;
  /** What to do with a face that matches somebody else who is enrolled. Default `keep`. */
  ifKnown?: 'keep' | 'refuse';
}

/**
 * Keeps the face of a picture as a sample. `similar` lists faces of other people that match it: a hint that someone is
 * about to be enrolled under two names.
 * @throws KithError as `readSample` and `createSample`, and CONFLICT where such a face is to be refused
 */
export async function enrol(enrolment: Enrolment): Promise<AnswerOf<typeof enrolFace>> {
  const { source, uniqueArgs, personId, select = 'single', position, ifKnown = 'keep' } = enrolment;
  const face = await readSample(source, { select, position });
  // Before the sample is kept, or it would be the nearest of all. One more than is shown: the person's own entry.
  const [alike = []] = await findCandidates([face.encoding], { limit: MAX_SIMILAR + 1 });
  const least = await matchTrust();
  const matching = alike.filter(({ distance }) => reachesTrust(distance, least));
  if (ifKnown === 'refuse') refuseKnown(matching, enrolment);
  const sample = await createSample(await database(), { ...face, uniqueArgs, personId });
  const similar = matching
    .filter(({ sample: other }) => sample.person === null || other.person?.id !== sample.person.id)
    .slice(0, MAX_SIMILAR)
    .map(({ answer }) => answer);
  return {
    face_id: sample.faceId,
    face_encoding: encodingToBase64(face.encoding),
    position: face.position,
    quality: face.quality,
    person: personSummary(sample.person),
    similar,
  };
}

/** @throws KithError CONFLICT when a face matches somebody else than the person it is meant for */
function refuseKnown(matching: readonly Candidate[], { uniqueArgs, personId }: Enrolment): void {
  const userId = uniqueArgs?.user_id;
  const isMeant = ({ answer: { person } }: Candidate) =>
    person !== null && (person.person_id === personId || (userId !== undefined && person.user_id === userId));
  const other = matching.find((candidate) => !isMeant(candidate))?.answer;
  if (!other) return;
  const who = other.person?.name ?? other.person?.user_id ?? `face ${other.face_id}`;
  throw new KithError('CONFLICT', `This face matches ${who}, who is enrolled already.`, {
    details: { face_id: other.face_id, person: other.person },
  });
}
