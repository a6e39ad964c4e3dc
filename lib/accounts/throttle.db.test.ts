import { afterEach, expect, test } from 'vitest';
import { sessions, signInFailures, users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { applyRetention } from '@/lib/server/retention';
import { assertMayTry, countFailure, forgetFailures, forgetOldFailures } from './throttle';

const NOW = new Date('2026-05-01T08:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const ada = { email: 'ada@example.org', address: '203.0.113.7' };

describeOnEachDatabase('the sign-in throttle', (database) => {
  afterEach(async () => {
    await database().delete(signInFailures);
  });

  /** The counts are rows: these tries might as well come from several servers. */
  const fail = (times: number, attempt = ada, now = NOW) =>
    Promise.allSettled(Array.from({ length: times }, () => countFailure(database(), attempt, now)));

  test('five wrong passwords are borne, tried at once too; then the account has to wait from this address', async () => {
    expect((await fail(5)).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
    await assertMayTry(database(), ada, NOW);
    const [sixth] = await fail(1);
    expect(sixth).toMatchObject({ status: 'rejected', reason: { code: 'RATE_LIMITED', retryAfterSeconds: 60 } });
    await expect(assertMayTry(database(), ada, later(20))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 40,
    });
    await assertMayTry(database(), { ...ada, address: '203.0.113.8' }, NOW);
    await assertMayTry(database(), { ...ada, email: 'grace@example.org' }, NOW);
    await assertMayTry(database(), ada, later(61));
  });

  test('an account is slowed down for all addresses together, and an address for all accounts', async () => {
    for (let n = 0; n < 31; n++) await fail(1, { ...ada, address: `203.0.113.${n}` });
    await expect(assertMayTry(database(), { ...ada, address: '198.51.100.1' }, NOW)).rejects.toMatchObject({
      retryAfterSeconds: 300,
    });
    for (let n = 0; n < 61; n++) await fail(1, { email: `user${n}@example.org`, address: '198.51.100.2' });
    await expect(
      assertMayTry(database(), { email: 'new@example.org', address: '198.51.100.2' }, NOW),
    ).rejects.toMatchObject({ retryAfterSeconds: 300 });
  });

  test('a right password forgets what was counted for the account, not for the address', async () => {
    await fail(5);
    await forgetFailures(database(), ada);
    expect(await database().select().from(signInFailures)).toMatchObject([{ failures: 5 }]);
  });

  test('keeps no email and no address, and nothing whose time is over', async () => {
    await fail(2);
    const rows = await database().select().from(signInFailures);
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/ada|203\.0/);
    expect(await forgetOldFailures(database(), later(14 * 60))).toBe(0);
    expect(await forgetOldFailures(database(), later(16 * 60))).toBe(3);
  });

  test('counts from nothing after a quarter of an hour', async () => {
    await fail(5);
    const [first] = await fail(1, ada, later(16 * 60));
    expect(first?.status).toBe('fulfilled');
  });

  test('what is kept for a time only goes by the rule that cron applies too', async () => {
    await fail(1);
    const [user] = await database().insert(users).values({ email: ada.email, role: 'viewer' }).returning();
    const session = { userId: user?.id ?? 0, address: ada.address, agent: 'a browser' };
    await database()
      .insert(sessions)
      .values([
        { ...session, expiresAt: later(60) },
        { ...session, expiresAt: later(3600) },
      ]);
    await applyRetention(database(), later(16 * 60));
    expect(await database().select().from(signInFailures)).toEqual([]);
    expect((await database().select().from(sessions)).map(({ expiresAt }) => expiresAt)).toEqual([later(3600)]);
  });
});
