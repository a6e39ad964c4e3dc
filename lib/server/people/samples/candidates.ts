import { getGallery } from '@/lib/server/gallery/gallery';
import type { CaughtUp } from '@/lib/server/gallery/types';
import { THE_SERVER, touchableSamples } from '@/lib/server/people/ownership';
import { personSummary } from '@/lib/server/people/personAnswer';
import { database } from '@/lib/server/platform/database';
import type { matchFaces } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { identityKey } from '@/lib/shared/trust/identityKey';
import { alsoSeen } from '@/lib/shared/trust/onceInPicture';
import { likeness, reachesTrust } from './likeness';
import { getSamples } from './store';
import type { StoredSample } from './storedSample';

type CandidateAnswer = AnswerOf<typeof matchFaces>['faces'][number]['candidates'][number];

/** A person that a face may be, by their nearest sample. */
export interface Candidate {
  answer: CandidateAnswer;
  /** The exact distance. `answer` has it rounded. */
  distance: number;
  sample: StoredSample;
}

/**
 * Returns the people that each face may be: one entry per person, nearest first, at most `limit`. It searches everything
 * that was committed before the call, or is in `gallery`. Samples that were deleted or left the groups since the search are
 * left out.
 * @param options.groups ids of groups; only people in at least one of them are found
 */
export async function findCandidates(
  probes: Float32Array[],
  { limit, gallery, groups }: { limit: number; gallery?: CaughtUp; groups?: readonly number[] | null | undefined },
): Promise<Candidate[][]> {
  if (probes.length === 0) return [];
  const found = await (gallery ?? (await getGallery())).search({ probes, limit, groups });
  const faceIds = [...new Set(found.flat().map(({ faceId }) => faceId))];
  const db = await database();
  const samples = await getSamples(db, faceIds);
  // People may have left the groups since the search.
  const inside = groups ? await touchableSamples(db, { ...THE_SERVER, groups }, faceIds) : null;
  return found.map((matches) =>
    matches.flatMap(({ faceId, distance }) => {
      const sample = samples.get(faceId);
      if (!sample || inside?.has(faceId) === false) return [];
      const answer = { face_id: faceId, person: personSummary(sample.person), ...likeness(distance) };
      return [{ sample, distance, answer }];
    }),
  );
}

/**
 * Decides whom the faces of one picture show. Each person is named once.
 * @param candidates as {@link findCandidates} returns them
 * @returns `known`: the nearest sample of each recognised face, else null; `also`: whether a nearer face is the same person
 */
export function whoIsWho(
  candidates: readonly Candidate[][],
  minTrust: number,
): { known: (StoredSample | null)[]; also: boolean[] } {
  const nearest = candidates.map(([first]) => (first && reachesTrust(first.distance, minTrust) ? first : null));
  const also = alsoSeen(
    nearest.map(
      (found) =>
        found && {
          key: identityKey(found.sample.person?.id ?? null, found.sample.faceId),
          distance: found.distance,
        },
    ),
  );
  return { known: nearest.map((found, index) => (found && !also[index] ? found.sample : null)), also };
}
