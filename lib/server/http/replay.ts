import { encodingFromBytes, normalisedDistance } from '@kith/sdk';
import { z } from 'zod';
import type { Database } from '@/db/client';
import type { IdempotentOutcome } from '@/db/schema';
import { type Caller, touchablePeople, touchableSamples } from '@/lib/server/people/ownership';
import { type PersonAnswer, personAnswer, personSummary } from '@/lib/server/people/personAnswer';
import { enrolledAnswer } from '@/lib/server/people/samples/enrol';
import { likeness } from '@/lib/server/people/samples/likeness';
import { sampleAdvice } from '@/lib/server/people/samples/sampleAdvice';
import { getSample, getSamples } from '@/lib/server/people/samples/store';
import type { StoredSample } from '@/lib/server/people/samples/storedSample';
import { getPerson } from '@/lib/server/people/store';
import { base64 } from '@/lib/server/platform/base64';
import { KithError } from '@/lib/shared/contract/errors';
import type { enrolFace, updateFace } from '@/lib/shared/contract/faces';
import type { changeFace } from '@/lib/shared/contract/gallery';
import type { AnswerOf } from '@/lib/shared/contract/operation';

type Replay = (db: Database, outcome: IdempotentOutcome, caller: Caller) => Promise<unknown>;

const ofFace = z.object({ face_id: z.number() });
const ofEnrolment = ofFace.extend({ duplicate: z.boolean(), similar: z.array(z.number()) });
const ofPerson = z.object({ person_id: z.number() });

/**
 * How each response is rebuilt. Names, encodings and trust are read again, because none are stored with a key. What was
 * erased since is missing here too.
 */
const REPLAYS: Record<string, Replay> = {
  enrolFace: enrolled,
  updateFace: updated,
  changeFace: changed,
  deleteFace: async () => ({}),
  createPerson: person,
  updatePerson: person,
  mergePeople: person,
  deletePerson: async (_db, outcome) => outcome,
  markDistinct: async () => ({}),
  recordEvents: async (_db, outcome) => outcome,
};

/** Operations whose responses can be rebuilt. */
export const REPLAYABLE: readonly string[] = Object.keys(REPLAYS);

/**
 * Returns the response to an operation that was done before.
 * @throws KithError NOT_FOUND if what it wrote was erased since, or the caller may no longer see it
 */
export async function replay(
  db: Database,
  operationId: string,
  outcome: IdempotentOutcome,
  caller: Caller,
): Promise<unknown> {
  const again = REPLAYS[operationId];
  if (!again) throw new Error(`the answer of ${operationId} cannot be made again`);
  return again(db, outcome, caller);
}

async function enrolled(db: Database, outcome: IdempotentOutcome, caller: Caller): Promise<AnswerOf<typeof enrolFace>> {
  const { face_id, duplicate, similar } = ofEnrolment.parse(outcome);
  const sample = await sampleWritten(db, face_id, caller);
  const touchable = await touchableSamples(db, caller, similar);
  const others = await getSamples(db, [...touchable]);
  const encoding = encodingFromBytes(sample.encoding);
  const matching = similar.flatMap((id) => {
    const other = others.get(id);
    if (!other) return [];
    const apart = normalisedDistance(encoding, encodingFromBytes(other.encoding));
    return [{ face_id: id, person: personSummary(other.person), ...likeness(apart) }];
  });
  return enrolledAnswer({ ...sample, duplicate }, matching, await sampleAdvice(db, sample, caller));
}

async function updated(db: Database, outcome: IdempotentOutcome, caller: Caller): Promise<AnswerOf<typeof updateFace>> {
  const sample = await sampleWritten(db, ofFace.parse(outcome).face_id, caller);
  const { faceId, position, quality } = sample;
  return {
    faces: [{ face_id: faceId, position, quality, person: personSummary(sample.person) }],
    face_encoding: base64(sample.encoding),
  };
}

async function changed(db: Database, outcome: IdempotentOutcome, caller: Caller): Promise<AnswerOf<typeof changeFace>> {
  const sample = await sampleWritten(db, ofFace.parse(outcome).face_id, caller);
  return { face_id: sample.faceId, person: personSummary(sample.person), unique_args: sample.uniqueArgs };
}

async function person(db: Database, outcome: IdempotentOutcome, caller: Caller): Promise<PersonAnswer> {
  const { person_id } = ofPerson.parse(outcome);
  if ((await touchablePeople(db, caller, [person_id])).size === 0) throw gone(`Person ${person_id}`);
  try {
    return personAnswer(await getPerson(db, person_id, caller));
  } catch (error) {
    throw error instanceof KithError && error.code === 'NOT_FOUND' ? gone(`Person ${person_id}`) : error;
  }
}

async function sampleWritten(db: Database, faceId: number, caller: Caller): Promise<StoredSample> {
  const isTouchable = (await touchableSamples(db, caller, [faceId])).has(faceId);
  const sample = isTouchable ? await getSample(db, faceId) : null;
  if (!sample) throw gone(`Face ${faceId}`);
  return sample;
}

const gone = (what: string) =>
  new KithError('NOT_FOUND', `${what}, which this request wrote when it came first, has been erased or moved since.`);
