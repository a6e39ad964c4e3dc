import { encodeFeedPage, FEED_MEDIA_TYPE } from '@kith/sdk';
import { feedJson } from '@/lib/server/feed/feedJson';
import { readFeed } from '@/lib/server/feed/readFeed';
import { binary, stream } from '@/lib/server/http/answer';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { accepts } from '@/lib/server/platform/accepts';
import { database } from '@/lib/server/platform/database';
import { syncFaces } from '@/lib/shared/contract/feed';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(syncFaces, async ({ query, request, caller }) => {
    const { last_updated_at: after, limit, lineage, verify } = query;
    const options = { after, limit, lineage, verify: verify !== undefined, groups: caller.groups };
    const page = await readFeed(await database(), options);
    if (accepts(request, FEED_MEDIA_TYPE)) return binary(await encodeFeedPage(page), { type: FEED_MEDIA_TYPE });
    return stream(feedJson(page), { type: 'application/json' });
  }),
});
