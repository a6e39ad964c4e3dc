import { resolve } from 'node:path';
import type { z } from 'zod';
import { limitsOf } from '@/lib/server/access/groupLimit';
import { keyAnswer } from '@/lib/server/access/keys/keyAnswer';
import { createKey, listKeys, type NewKey, revokeKey } from '@/lib/server/access/keys/store';
import { withOfflineDatabase } from '@/lib/server/platform/offlineDatabase';
import type { key } from '@/lib/shared/contract/keys';
import { tell } from './output';

/**
 * Keys in the embedded database of a stopped server. Each function throws DataDirLockedError while that server runs.
 */

type Key = z.output<typeof key>;

export const list = (dataDir: string): Promise<Key[]> =>
  inDatabase(dataDir, async (db) => {
    const all = await listKeys(db);
    const limitOf = await limitsOf(db, all);
    return all.map((key) => keyAnswer(key, limitOf(key)));
  });

/** Creates a key that is not limited to groups. Only this result contains the key itself. */
export async function create(dataDir: string, wanted: NewKey): Promise<Key & { key: string }> {
  const created = await inDatabase(dataDir, (db) => createKey(db, wanted));
  return { ...keyAnswer(created, null), key: created.key };
}

export async function revoke(dataDir: string, keyId: number): Promise<void> {
  await inDatabase(dataDir, (db) => revokeKey(db, keyId));
}

const inDatabase = <Answer>(folder: string, work: Parameters<typeof withOfflineDatabase<Answer>>[1]): Promise<Answer> =>
  withOfflineDatabase({ dataDir: resolve(folder), what: 'kith keys', tell }, work);
