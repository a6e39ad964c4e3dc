import { expect, test } from 'vitest';
import { users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createLink, redeemLink } from './links';

describeOnEachDatabase('links', (database) => {
  test('of several servers that start at once each gets a set-up link, of which one makes the administrator', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => createLink(database(), { kind: 'setup', userId: null })),
    );
    await expect(redeemLink(database(), first?.token ?? '')).resolves.toEqual({ kind: 'setup', userId: null });
    await expect(redeemLink(database(), second?.token ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(redeemLink(database(), first?.token ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('of two that reset the same password the newer one works', async () => {
    const [user] = await database().insert(users).values({ email: 'ada@example.org', role: 'viewer' }).returning();
    const userId = user?.id ?? 0;
    const older = await createLink(database(), { kind: 'reset', userId });
    const newer = await createLink(database(), { kind: 'reset', userId });
    await expect(redeemLink(database(), older.token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(redeemLink(database(), newer.token)).resolves.toEqual({ kind: 'reset', userId });
  });
});
