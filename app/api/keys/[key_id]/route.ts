import * as keys from '@/lib/server/access/keys/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { revokeKey } from '@/lib/shared/contract/keys';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route(revokeKey, async ({ params }) => {
    await keys.revokeKey(await database(), params.key_id);
    return {};
  }),
});
