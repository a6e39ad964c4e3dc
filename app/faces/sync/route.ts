import { syncFaces } from '@/lib/contract/feed';
import { feedJson } from '@/lib/feed/feedJson';
import { readFeed } from '@/lib/feed/readFeed';
import { stream } from '@/lib/http/answer';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(syncFaces, async ({ query }) => {
    const page = await readFeed(await database(), { after: query.last_updated_at, limit: query.limit });
    return stream(feedJson(page), { type: 'application/json' });
  }),
});
