import { decodeFeedPage, FEED_MEDIA_TYPE } from '../feed/binary.ts';
import { feedPageFromJson } from '../feed/json.ts';
import type { FeedSource } from '../feed/types.ts';
import type { Transport } from './Transport.ts';

/** The change feed. */
export class FeedApi {
  /**
   * A page of the feed, in its binary form where the server knows it: the `source` of a `FeedReader` or a
   * `LocalGallery`.
   */
  readonly read: FeedSource;

  constructor(transport: Transport) {
    this.read = async ({ after, limit, signal }) => {
      const query = { last_updated_at: after, limit };
      const accept = `${FEED_MEDIA_TYPE}, application/json;q=0.5`;
      const { bytes, type } = await transport.send({ method: 'GET', path: '/faces/sync', query, accept, signal });
      if (type.startsWith(FEED_MEDIA_TYPE)) return decodeFeedPage(new Uint8Array(bytes));
      return feedPageFromJson(JSON.parse(new TextDecoder().decode(bytes)));
    };
  }
}
