import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { apiKeys } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { SCOPES } from '@/lib/shared/contract/scopes';
import { authenticateKey } from './authenticateKey';
import { createKey, listKeys, revokeKey } from './store';

describeOnEachDatabase('API keys', (database) => {
  test('are shown once, and kept as a hash', async () => {
    const { key, ...created } = await createKey(database(), { name: 'Door', scopes: ['match', 'sync', 'match'] });
    expect(key).toMatch(/^kith_[\w-]{43}$/);
    expect(created).toMatchObject({ name: 'Door', scopes: ['match', 'sync'], prefix: key.slice(0, 11) });
    expect(JSON.stringify(await database().select().from(apiKeys))).not.toContain(key.slice(11));
    const [listed] = await listKeys(database());
    expect(listed).toEqual(created);
    expect(listed).not.toHaveProperty('hash');
  });

  test('stand for what they may', async () => {
    const { id, key } = await createKey(database(), { name: 'Door', scopes: ['match'] });
    const principal = { kind: 'key', keyId: id, name: 'Door', scopes: ['match'], groups: null };
    expect(await authenticateKey(database(), key)).toEqual(principal);
    for (const other of ['', key.slice(0, -1), `${key}x`, key.toUpperCase(), 'kith_', 'nul \0', '\ud800']) {
      expect(await authenticateKey(database(), other)).toBeNull();
    }
  });

  test('a scope of a newer version allows nothing', async () => {
    const { id, key } = await createKey(database(), { name: 'New', scopes: ['match'] });
    await database()
      .update(apiKeys)
      .set({ scopes: ['match', 'fly'] })
      .where(eq(apiKeys.id, id));
    expect((await authenticateKey(database(), key))?.scopes).toEqual(['match']);
  });

  test('end when they are revoked', async () => {
    const { id, key } = await createKey(database(), { name: 'Lost', scopes: ['match'] });
    expect((await revokeKey(database(), id)).revokedAt).toBeInstanceOf(Date);
    expect(await authenticateKey(database(), key)).toBeNull();
    await expect(revokeKey(database(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokeKey(database(), 1e9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('end when they expire', async () => {
    const past = await createKey(database(), { name: 'Old', scopes: ['match'], expiresAt: new Date(Date.now() - 1) });
    const coming = new Date(Date.now() + 60_000);
    const future = await createKey(database(), { name: 'New', scopes: ['match'], expiresAt: coming });
    expect(await authenticateKey(database(), past.key)).toBeNull();
    expect(await authenticateKey(database(), future.key)).not.toBeNull();
  });

  test('tell when they were last used, to the minute', async () => {
    const { id, key } = await createKey(database(), { name: 'Used', scopes: ['match'] });
    const lastUsedAt = async () => (await listKeys(database())).find((listed) => listed.id === id)?.lastUsedAt;
    expect(await lastUsedAt()).toBeNull();
    await authenticateKey(database(), key);
    const first = await lastUsedAt();
    expect(Date.now() - (first?.getTime() ?? 0)).toBeLessThan(10_000);
    await authenticateKey(database(), key);
    expect(await lastUsedAt()).toEqual(first);
    const longAgo = new Date(Date.now() - 61_000);
    await database().update(apiKeys).set({ lastUsedAt: longAgo }).where(eq(apiKeys.id, id));
    await authenticateKey(database(), key);
    expect((await lastUsedAt())?.getTime()).toBeGreaterThan(longAgo.getTime());
  });

  test('API_KEY may everything', async () => {
    expect(await authenticateKey(database(), 'a bootstrap key', 'a bootstrap key')).toEqual({
      kind: 'key',
      keyId: null,
      name: 'API_KEY',
      scopes: SCOPES,
      groups: null,
    });
    expect(await authenticateKey(database(), 'a bootstrap kez', 'a bootstrap key')).toBeNull();
    expect(await authenticateKey(database(), '', undefined)).toBeNull();
  });
});
