import type { FeedPage, FeedSource } from '@kith/sdk';

/**
 * Prefetches the next page as soon as one has arrived, so that the server reads while this side writes. A prefetched
 * page is dropped when it is not requested, because writing the page before it failed.
 */
export function readAhead(source: FeedSource): FeedSource {
  let ahead: {
    after: number;
    lineage: string | undefined;
    verify: boolean | undefined;
    page: Promise<FeedPage>;
  } | null = null;
  return async (request) => {
    const expected = ahead;
    ahead = null;
    const isExpected =
      expected?.after === request.after && expected.lineage === request.lineage && expected.verify === request.verify;
    const page = await (expected && isExpected ? expected.page : source(request));
    if (page.hasMore) {
      const { lastUpdatedAt: after, lineage } = page;
      ahead = { after, lineage, verify: request.verify, page: source({ ...request, after, lineage }) };
      // The caller of that page handles the rejection; there may be no such call.
      ahead.page.catch(() => undefined);
    }
    return page;
  };
}
