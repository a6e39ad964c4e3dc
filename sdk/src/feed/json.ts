import { encodingFromBase64, encodingToBytes } from '../encoding.ts';
import type { FeedPage, FeedPageJson } from './types.ts';

/** Converts a page of the feed from its JSON form. Throws `EncodingError`. */
export function feedPageFromJson({ faces, ...rest }: FeedPageJson): FeedPage {
  return {
    ...rest,
    faces: faces.map(({ faceEncoding, ...face }) => ({
      ...face,
      encoding: encodingToBytes(encodingFromBase64(faceEncoding)),
    })),
  };
}
