import type { FeedPage, FeedSource } from '@kith/sdk';

/**
 * Prefetches the next page as soon as one has arrived, so that the server reads while this side writes. A prefetched
 * page is dropped when it is not requested, because writing the page before it failed.
 */
export function readAhead(source: FeedSource): FeedSource {
  let ahead: { after: number; page: Promise<FeedPage> } | null = null;
  return async (request) => {
    const expected = ahead;
    ahead = null;
    const page = await (expected?.after === request.after ? expected.page : source(request));
    if (page.hasMore) {
      ahead = { after: page.lastUpdatedAt, page: source({ ...request, after: page.lastUpdatedAt }) };
      // The caller of that page handles the rejection; there may be no such call.
      ahead.page.catch(() => undefined);
    }
    return page;
  };
}
