import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { REVIEW_QUERY } from '../../_lib/useReview';
import { ReviewCounts } from './ReviewCounts';
import { ReviewList } from './ReviewList';

/** Returns the HTML of a page whose server has found nothing so far. */
function shownWith(page: ReactElement, complete: boolean): string {
  const client = new QueryClient();
  client.setQueryData(REVIEW_QUERY, { items: [], complete });
  return renderToStaticMarkup(<QueryClientProvider client={client}>{page}</QueryClientProvider>);
}

test.each([
  ['the counts', <ReviewCounts key="counts" />],
  ['the list', <ReviewList key="list" kind={undefined} />],
  ['the list of one kind', <ReviewList key="kind" kind="poor" />],
])('%s say that there is nothing only once all samples are searched', (_, page) => {
  expect(shownWith(page, true)).toContain('Nothing to review');
  expect(shownWith(page, false)).toContain('Still looking…');
  expect(shownWith(page, false)).not.toContain('Nothing to review');
});
