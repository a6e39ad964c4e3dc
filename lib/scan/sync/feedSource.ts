import { encodingFromBase64, encodingToBytes, type FeedPageJson, type FeedSource } from '@kith/sdk';
import { call } from '../server';

/** Reads pages of the feed from our own server. Throws what `call` throws. */
export function feedSource(token: string): FeedSource {
  return async ({ after, limit, signal }) => {
    const path = `/faces/sync?last_updated_at=${after}&limit=${limit}`;
    const response = await call({ method: 'GET', path, token, signal });
    const page: FeedPageJson = await response.json();
    return {
      ...page,
      faces: page.faces.map(({ faceEncoding, ...face }) => ({
        ...face,
        encoding: encodingToBytes(encodingFromBase64(faceEncoding)),
      })),
    };
  };
}
