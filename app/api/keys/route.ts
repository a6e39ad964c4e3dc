import { keyAnswer } from '@/lib/server/access/keys/keyAnswer';
import * as keys from '@/lib/server/access/keys/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { createKey, listKeys } from '@/lib/shared/contract/keys';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listKeys, async () => ({ keys: (await keys.listKeys(await database())).map(keyAnswer) })),
  POST: route(createKey, async ({ body: { name, scopes, expires_at } }) => {
    const expiresAt = expires_at ? new Date(expires_at) : null;
    const created = await keys.createKey(await database(), { name, scopes, expiresAt });
    return { ...keyAnswer(created), key: created.key };
  }),
});
