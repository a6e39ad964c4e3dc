import { findCandidates } from '@/lib/server/people/samples/candidates';
import { reachesTrust } from '@/lib/server/people/samples/likeness';
import { matchTrust } from '@/lib/server/people/samples/matchTrust';

/** A sample that matches a face. */
export interface AlikeFace {
  faceId: number;
  /** null: nobody's. */
  personId: number | null;
}

/** The samples that a face matches, a person once, nearest first. */
export type WhoIsAlike = (encoding: Float32Array) => Promise<AlikeFace[]>;

/** People who are looked at: the face's own person may be the nearest. */
const MOST_ALIKE = 2;

/** The same from this server's gallery, from the trust of its settings on. */
export const whoIsAlike: WhoIsAlike = async (encoding) => {
  const [found = []] = await findCandidates([encoding], { limit: MOST_ALIKE });
  const least = await matchTrust();
  return found
    .filter(({ distance }) => reachesTrust(distance, least))
    .map(({ sample }) => ({ faceId: sample.faceId, personId: sample.person?.id ?? null }));
};
