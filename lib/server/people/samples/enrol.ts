import type { UniqueArgs } from '@/db/schema';
import { remember } from '@/lib/server/idempotency/currentKey';
import type { ImageSource } from '@/lib/server/images/withImage';
import { type Caller, THE_SERVER, touchableSamples } from '@/lib/server/people/ownership';
import { personSummary } from '@/lib/server/people/personAnswer';
import { base64 } from '@/lib/server/platform/base64';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import type { enrolFace } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { Position } from '@/lib/shared/vision/types';
import { type Candidate, findCandidates } from './candidates';
import { reachesTrust } from './likeness';
import { matchTrust } from './matchTrust';
import { readSample } from './readSample';
import { type SampleAdvice, sampleAdvice } from './sampleAdvice';
import { type CreatedSample, createSample, sampleOfSameFace } from './store';

/** Most entries of `similar`. */
const MAX_SIMILAR = 10;

export interface Enrolment {
  source: ImageSource;
  uniqueArgs?: UniqueArgs | undefined;
  personId?: number | undefined;
  /** Names of groups that the person joins. */
  groups?: readonly string[] | undefined;
  /** Default `single`. */
  select?: 'single' | 'largest';
  /** Which of several faces. */
  position?: Position | undefined;
  /** What to do with a face that matches another enrolled person. Default `keep`. */
  ifKnown?: 'keep' | 'refuse';
  /** Default: the server itself. */
  caller?: Caller;
}

/**
 * Stores the face of a picture as a sample. The same picture for the same person is a `duplicate`. `similar` lists matching
 * faces of other people, as a hint that somebody may be enrolled under two names. It only includes people that the caller
 * may access.
 * @throws KithError as `readSample` and `createSample`; CONFLICT if a matching face is refused
 */
export async function enrol(enrolment: Enrolment): Promise<AnswerOf<typeof enrolFace>> {
  const {
    source,
    uniqueArgs,
    personId,
    groups,
    select = 'single',
    position,
    ifKnown = 'keep',
    caller = THE_SERVER,
  } = enrolment;
  const db = await database();
  const face = { ...(await readSample(source, { select, position })), uniqueArgs, personId, groups };
  // Searched before the sample is stored, because it would be the nearest. One more than shown, for the person's own entry.
  const [alike = []] = await findCandidates([face.encoding], { limit: MAX_SIMILAR + 1, groups: caller.groups });
  const least = await matchTrust();
  const matching = alike.filter(({ distance }) => reachesTrust(distance, least));
  const touchable = await touchableSamples(
    db,
    caller,
    matching.map(({ sample }) => sample.faceId),
  );
  const visible = matching.filter(({ sample }) => touchable.has(sample.faceId));
  const other = ifKnown === 'refuse' ? matching.find((candidate) => !isMeant(candidate, enrolment)) : undefined;
  if (other && (await sampleOfSameFace(db, face, caller)) === undefined) {
    throw matchesSomebody(visible.includes(other) ? other.answer : null);
  }
  remember({ similar: visible.map(({ sample }) => sample.faceId) });
  const sample = await createSample(db, face, caller);
  return enrolledAnswer(
    sample,
    visible.map(({ answer }) => answer),
    await sampleAdvice(db, sample, caller),
  );
}

/** Returns the response to an enrolment. `matching`: the candidates that the face matched. */
export function enrolledAnswer(
  sample: CreatedSample,
  matching: readonly Candidate['answer'][],
  advice: SampleAdvice,
): AnswerOf<typeof enrolFace> {
  return {
    face_id: sample.faceId,
    face_encoding: base64(sample.encoding),
    position: sample.position,
    quality: sample.quality,
    person: personSummary(sample.person),
    similar: matching
      .filter(
        ({ face_id, person }) =>
          face_id !== sample.faceId && (sample.person === null || person?.person_id !== sample.person.id),
      )
      .slice(0, MAX_SIMILAR),
    duplicate: sample.duplicate,
    ...advice,
  };
}

/** Whether a candidate is the person that is enrolled. */
function isMeant({ answer: { person } }: Candidate, { uniqueArgs, personId }: Enrolment): boolean {
  const userId = uniqueArgs?.user_id;
  return person !== null && (person.person_id === personId || (userId !== undefined && person.user_id === userId));
}

/** @param other null if the caller may not see the person */
function matchesSomebody(other: Candidate['answer'] | null): KithError {
  if (other === null) return new KithError('CONFLICT', 'This face matches somebody who is enrolled already.');
  const who = other.person?.name ?? other.person?.user_id ?? `face ${other.face_id}`;
  return new KithError('CONFLICT', `This face matches ${who}, who is enrolled already.`, {
    details: { face_id: other.face_id, person: other.person },
  });
}
