import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { accountLinks, users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createLink, endSetupLinks, redeemLink } from './links';

const YEAR_MS = 365 * 24 * 3_600_000;

describeOnEachDatabase('links', (database) => {
  const refused = { code: 'NOT_FOUND' };
  const setup = (now?: Date) => createLink(database(), { kind: 'setup', userId: null, ...(now && { now }) });
  const redeem = (token: string | undefined, now?: Date) => redeemLink(database(), token ?? '', now);

  async function addUser(given: Partial<typeof users.$inferInsert> = {}): Promise<number> {
    const [user] = await database()
      .insert(users)
      .values({ email: 'ada@example.org', role: 'viewer', passwordHash: '$argon2id$', ...given })
      .returning();
    return user?.id ?? 0;
  }

  afterEach(async () => {
    await database().delete(accountLinks);
    await database().delete(users);
  });

  test('of several servers that start at once each gets a set-up link, of which one makes the administrator', async () => {
    const [first, second] = await Promise.all([setup(), setup()]);
    await expect(redeem(first?.token)).resolves.toEqual({ kind: 'setup', userId: null });
    await expect(redeem(second?.token)).rejects.toMatchObject(refused);
    await expect(redeem(first?.token)).rejects.toMatchObject(refused);
  });

  test('no set-up link works while there is an administrator, wherever that one came from', async () => {
    const { token } = await setup();
    const id = await addUser({ role: 'admin' });
    await expect(redeem(token)).rejects.toMatchObject(refused);
    for (const unable of [
      { passwordHash: null },
      { disabledAt: new Date(), passwordHash: 'x' },
      { role: 'viewer' },
    ] as const) {
      await database()
        .update(users)
        .set({ role: 'admin', disabledAt: null, ...unable })
        .where(eq(users.id, id));
      const other = await setup();
      await expect(redeem(other.token)).resolves.toMatchObject({ kind: 'setup' });
    }
    const last = await setup();
    await endSetupLinks(database());
    await expect(redeem(last.token)).rejects.toMatchObject(refused);
  });

  test('of two that reset the same password the newer one works', async () => {
    const userId = await addUser();
    const older = await createLink(database(), { kind: 'reset', userId });
    const newer = await createLink(database(), { kind: 'reset', userId });
    await expect(redeem(older.token)).rejects.toMatchObject(refused);
    await expect(redeem(newer.token)).resolves.toEqual({ kind: 'reset', userId });
  });

  test.each(['invite', 'reset'] as const)('a disabled user’s link to %s does not work', async (kind) => {
    const userId = await addUser({ disabledAt: new Date() });
    const { token } = await createLink(database(), { kind, userId });
    await expect(redeem(token)).rejects.toMatchObject(refused);
  });

  test('a link made while a clock ran a year ahead does not work for a year', async () => {
    const userId = await addUser();
    const ahead = new Date(Date.now() + YEAR_MS);
    const links = [
      await createLink(database(), { kind: 'invite', userId, now: ahead }),
      await createLink(database(), { kind: 'reset', userId, now: ahead }),
      await setup(ahead),
    ];
    for (const { token } of links) await expect(redeem(token)).rejects.toMatchObject(refused);
    for (const { token } of links) await expect(redeem(token, ahead)).resolves.toBeTruthy();
  });
});
