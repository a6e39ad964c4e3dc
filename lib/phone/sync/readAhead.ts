import type { FeedPage, FeedSource } from '@kith/sdk';

/**
 * Asks for the next page as soon as one is here, so that the server reads while this side writes. A page that nobody
 * asks for after all, because writing the one before failed, is dropped.
 */
export function readAhead(source: FeedSource): FeedSource {
  let ahead: { after: number; page: Promise<FeedPage> } | null = null;
  return async (request) => {
    const expected = ahead;
    ahead = null;
    const page = await (expected?.after === request.after ? expected.page : source(request));
    if (page.hasMore) {
      ahead = { after: page.lastUpdatedAt, page: source({ ...request, after: page.lastUpdatedAt }) };
      // Heard by whoever asks for it; nobody may.
      ahead.page.catch(() => undefined);
    }
    return page;
  };
}
