import { getGallery } from '@/lib/server/gallery/gallery';
import type { Candidate } from '@/lib/server/gallery/types';
import { reachesTrust } from '@/lib/server/people/samples/likeness';

/** A sample that matches a face. Its `personId` is null for nobody's. */
export type AlikeFace = Pick<Candidate, 'faceId' | 'personId'>;

/**
 * Returns the samples that match a face, one of each person, nearest first. A sample that is erased meanwhile may be among
 * them.
 * @param minTrust 0 to 100
 */
export type WhoIsAlike = (encoding: Float32Array, minTrust: number) => Promise<AlikeFace[]>;

/** People that are compared: the face's own person may be the nearest. */
const MOST_ALIKE = 2;

/** Looks for matching samples in this server's gallery. Queries nothing else, because every row of an import asks. */
export const whoIsAlike: WhoIsAlike = async (encoding, minTrust) => {
  const gallery = await getGallery();
  const [found = []] = await gallery.search({ probes: [encoding], limit: MOST_ALIKE });
  return found
    .filter(({ distance }) => reachesTrust(distance, minTrust))
    .map(({ faceId, personId }) => ({ faceId, personId }));
};
