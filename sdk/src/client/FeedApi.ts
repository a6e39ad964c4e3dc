import { decodeFeedPage, FEED_MEDIA_TYPE } from '../feed/binary.ts';
import { feedPageFromJson } from '../feed/json.ts';
import type { FeedSource } from '../feed/types.ts';
import { KithApiError } from './errors.ts';
import type { Transport } from './Transport.ts';

/** The change feed. */
export class FeedApi {
  /**
   * Reads a page of the feed, in the binary format if the server supports it. Use it as the `source` of a `FeedReader`
   * or a `LocalGallery`.
   */
  readonly read: FeedSource;

  constructor(transport: Transport) {
    // A server of an earlier version rejects query parameters that it does not know.
    let isEarlier = false;
    const accept = `${FEED_MEDIA_TYPE}, application/json;q=0.5`;
    this.read = async ({ after, limit, lineage, verify, signal }) => {
      const ask = (more: Record<string, string>) => {
        const query = { last_updated_at: after, limit, ...more };
        return transport.send({ method: 'GET', path: '/faces/sync', query, accept, signal });
      };
      const asked = { ...(lineage !== undefined && { lineage }), ...(verify && { verify: '1' }) };
      const { bytes, type } = await ask(isEarlier ? {} : asked).catch((error: unknown) => {
        if (Object.keys(asked).length === 0 || !(error instanceof KithApiError) || error.status !== 400) throw error;
        if (!/lineage|verify/.test(error.message)) throw error;
        isEarlier = true;
        return ask({});
      });
      if (type.startsWith(FEED_MEDIA_TYPE)) return decodeFeedPage(new Uint8Array(bytes));
      return feedPageFromJson(JSON.parse(new TextDecoder().decode(bytes)));
    };
  }
}
