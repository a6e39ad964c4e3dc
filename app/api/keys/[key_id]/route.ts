import { revokeKey } from '@/lib/contract/keys';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import * as keys from '@/lib/keys/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route(revokeKey, async ({ params }) => {
    await keys.revokeKey(await database(), params.key_id);
    return {};
  }),
});
