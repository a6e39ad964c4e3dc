import { decodeFeedPage, FEED_MEDIA_TYPE, type FeedPageJson, type FeedSource, feedPageFromJson } from '@kith/sdk';
import { call } from '../server';

/**
 * Reads pages of the feed from our own server, in the binary form where it has that. Throws what `call` throws, and
 * FeedFormatError for a page that was cut off.
 */
export function feedSource(token: string): FeedSource {
  return async ({ after, limit, signal }) => {
    const path = `/faces/sync?last_updated_at=${after}&limit=${limit}`;
    const accept = `${FEED_MEDIA_TYPE}, application/json;q=0.5`;
    const response = await call({ method: 'GET', path, token, accept, signal });
    if (response.headers.get('Content-Type')?.startsWith(FEED_MEDIA_TYPE)) {
      return decodeFeedPage(new Uint8Array(await response.arrayBuffer()));
    }
    const page: FeedPageJson = await response.json();
    return feedPageFromJson(page);
  };
}
