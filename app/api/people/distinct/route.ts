import { markDistinct } from '@/lib/contract/people';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import * as distinct from '@/lib/people/duplicates/distinct';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(markDistinct, async ({ body }) => {
    await distinct.markDistinct(await database(), body.person_id, body.other_person_id);
    return {};
  }),
});
