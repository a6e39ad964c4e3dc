import { createKey, listKeys } from '@/lib/contract/keys';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { keyAnswer } from '@/lib/keys/keyAnswer';
import * as keys from '@/lib/keys/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listKeys, async () => ({ keys: (await keys.listKeys(await database())).map(keyAnswer) })),
  POST: route(createKey, async ({ body: { name, scopes, expires_at } }) => {
    const expiresAt = expires_at ? new Date(expires_at) : null;
    const created = await keys.createKey(await database(), { name, scopes, expiresAt });
    return { ...keyAnswer(created), key: created.key };
  }),
});
