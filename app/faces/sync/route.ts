import { encodeFeedPage, FEED_MEDIA_TYPE } from '@kith/sdk';
import { syncFaces } from '@/lib/contract/feed';
import { feedJson } from '@/lib/feed/feedJson';
import { readFeed } from '@/lib/feed/readFeed';
import { accepts } from '@/lib/http/accepts';
import { binary, stream } from '@/lib/http/answer';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(syncFaces, async ({ query, request }) => {
    const page = await readFeed(await database(), { after: query.last_updated_at, limit: query.limit });
    if (accepts(request, FEED_MEDIA_TYPE)) return binary(await encodeFeedPage(page), { type: FEED_MEDIA_TYPE });
    return stream(feedJson(page), { type: 'application/json' });
  }),
});
