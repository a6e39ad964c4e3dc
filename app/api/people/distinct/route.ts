import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import * as distinct from '@/lib/server/people/duplicates/distinct';
import { database } from '@/lib/server/platform/database';
import { markDistinct } from '@/lib/shared/contract/people';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(markDistinct, async ({ body }) => {
    await distinct.markDistinct(await database(), body.person_id, body.other_person_id);
    return {};
  }),
});
