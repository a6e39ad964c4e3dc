import { limitsOf } from '@/lib/server/access/groupLimit';
import { keyAnswer } from '@/lib/server/access/keys/keyAnswer';
import * as keys from '@/lib/server/access/keys/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { requireGroups } from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { createKey, listKeys } from '@/lib/shared/contract/keys';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listKeys, async () => {
    const db = await database();
    const all = await keys.listKeys(db);
    const limitOf = await limitsOf(db, all);
    return { keys: all.map((key) => keyAnswer(key, limitOf(key))) };
  }),
  POST: route(createKey, async ({ body: { name, scopes, groups = null, expires_at } }) => {
    const db = await database();
    await requireGroups(db, groups ?? []);
    const expiresAt = expires_at ? new Date(expires_at) : null;
    const created = await keys.createKey(db, { name, scopes, groupIds: groups, expiresAt });
    return { ...keyAnswer(created, (await limitsOf(db, [created]))(created)), key: created.key };
  }),
});
