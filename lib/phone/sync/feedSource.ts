import type { FeedSource } from '@kith/sdk';
import { asked, clientFor } from './server';

/**
 * Reads pages of the feed from our own server. Throws what `asked` throws, and FeedFormatError for a truncated page.
 * The pages of one sync share a client, which remembers what a server of an earlier version refuses. The next sync gets
 * a new client, because the server may be newer by then.
 */
export function feedSource(token: string): FeedSource {
  let kith = clientFor(token);
  return async (request) => {
    const page = await asked(() => kith.feed.read(request));
    if (!page.hasMore) kith = clientFor(token);
    return page;
  };
}
