import { getGallery } from '@/lib/server/gallery/gallery';
import type { Candidate } from '@/lib/server/gallery/types';
import { reachesTrust } from '@/lib/server/people/samples/likeness';

/** A sample that matches a face. Its `personId` is null for nobody's. */
export type AlikeFace = Pick<Candidate, 'faceId' | 'personId'>;

/**
 * Returns the samples that match a face, one of each person, nearest first. They may include a sample that was erased
 * after the search.
 * @param minTrust 0 to 100
 */
export type WhoIsAlike = (encoding: Float32Array, minTrust: number) => Promise<AlikeFace[]>;

/** Number of people to find. Two, because the nearest may be the face's own person. */
const MOST_ALIKE = 2;

/** Searches this server's gallery. It runs no other query, because it is called for every row of an import. */
export const whoIsAlike: WhoIsAlike = async (encoding, minTrust) => {
  const gallery = await getGallery();
  const [found = []] = await gallery.search({ probes: [encoding], limit: MOST_ALIKE });
  return found
    .filter(({ distance }) => reachesTrust(distance, minTrust))
    .map(({ faceId, personId }) => ({ faceId, personId }));
};
