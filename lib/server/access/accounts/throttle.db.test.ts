import { afterEach, expect, test } from 'vitest';
import { sessions, signInFailures, users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { applyRetention } from '@/lib/server/start/retention';
import {
  beginTry,
  browserCounters,
  type Counter,
  forgetOldFailures,
  passed,
  sessionCounters,
  strangerCounters,
  waitOf,
} from './throttle';

const NOW = new Date('2026-05-01T08:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const ada = { email: 'ada@example.org', address: '203.0.113.7' };

describeOnEachDatabase('the sign-in throttle', (database) => {
  afterEach(async () => {
    await database().delete(signInFailures);
  });

  /** Wrong passwords, tried at once. The counts are rows: these tries might as well come from several servers. */
  const fail = (times: number, who = ada, now = NOW) =>
    Promise.allSettled(Array.from({ length: times }, () => beginTry(database(), strangerCounters(who), now)));
  const wait = (who = ada, now = NOW) => waitOf(database(), strangerCounters(who), now);

  test('six wrong passwords are looked at, the last of them with a wait; others are not kept waiting', async () => {
    expect((await fail(5)).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
    expect(await wait()).toBe(0);
    expect(await fail(1)).toMatchObject([{ status: 'fulfilled', value: { waitMs: MINUTE * 1000 } }]);
    expect(await fail(1, ada, later(20))).toMatchObject([{ reason: { code: 'RATE_LIMITED', retryAfterSeconds: 40 } }]);
    expect(await wait({ ...ada, address: '203.0.113.8' })).toBe(0);
    await fail(6, { ...ada, address: '2001:db8::1' });
    expect(await wait({ ...ada, address: '2001:db8::2' }), 'the same network').toBeGreaterThan(0);
    expect(await wait({ ...ada, email: 'grace@example.org' })).toBe(0);
    expect(await wait(ada, later(61))).toBe(0);
  });

  test('of a hundred tries at once no more are looked at than of a hundred one after the other', async () => {
    const tried = await fail(100);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
  });

  test('each further wrong one doubles the wait, up to a quarter of an hour; an hour of peace ends it', async () => {
    await fail(6);
    let now = 0;
    const waits: number[] = [];
    for (let tried = 0; tried < 6; tried++) {
      const waitSeconds = (await wait(ada, later(now))) / 1000;
      waits.push(waitSeconds / MINUTE);
      now += waitSeconds;
      await fail(1, ada, later(now));
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    const over = now + 15 * MINUTE;
    await fail(1, ada, later(over + HOUR - 1));
    expect(await wait(ada, later(over + HOUR - 1))).toBe(15 * MINUTE * 1000);
    await fail(5, ada, later(over + 3 * HOUR));
    expect(await wait(ada, later(over + 3 * HOUR))).toBe(0);
  });

  test('an account is slowed down for all addresses together, and an address for all accounts', async () => {
    for (let n = 0; n < 101; n++) await fail(1, { ...ada, address: `203.0.113.${n}` });
    expect(await wait({ ...ada, address: '198.51.100.1' })).toBe(MINUTE * 1000);
    for (let n = 0; n < 61; n++) await fail(1, { email: `user${n}@example.org`, address: '198.51.100.2' });
    expect(await wait({ email: 'new@example.org', address: '198.51.100.2' })).toBe(MINUTE * 1000);
  });

  test('a right password forgets the wrong ones from there, and counts against neither account nor address', async () => {
    await fail(4);
    const right = strangerCounters(ada);
    await beginTry(database(), right, NOW);
    await passed(database(), right);
    const rows = await database().select().from(signInFailures);
    expect(rows.map(({ failures }) => failures)).toEqual([4, 4]);
  });

  test('keeps no email and no address, and nothing whose time is over', async () => {
    await fail(2);
    const rows = await database().select().from(signInFailures);
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/ada|203\.0/);
    expect(await forgetOldFailures(database(), later(HOUR + 60))).toBe(0);
    expect(await forgetOldFailures(database(), later(2 * HOUR + 60))).toBe(3);
  });

  test('counts from nothing after an hour', async () => {
    await fail(5);
    expect(await fail(1, ada, later(HOUR + 1))).toMatchObject([{ value: { failures: 1, waitMs: 0 } }]);
  });

  test.each([
    ['one address and one account', () => strangerCounters(ada), 125],
    ['a known browser, or who has stolen its cookie', () => browserCounters('nonce'), 245],
    ['a session that asks for a new password', () => sessionCounters('session'), 125],
  ])('guesses of a day by %s stay few, however they are spread', async (_, counters, most) => {
    for (const pace of [MINUTE, 12 * MINUTE]) {
      await database().delete(signInFailures);
      expect(await guessesOfDay(counters(), pace), `one each ${pace} s`).toBeLessThanOrEqual(most);
    }
  });

  test('a whole botnet has 2,500 guesses a day at one account', async () => {
    let made = 0;
    for (let second = 0; second < 2 * HOUR; second += 20) {
      const [tried] = await fail(1, { ...ada, address: `2001:db8:0:${second.toString(16)}::1` }, later(second));
      if (tried?.status === 'fulfilled') made++;
    }
    expect((made * DAY) / (2 * HOUR)).toBeLessThanOrEqual(2_500);
  });

  /** How many guesses somebody who tries at this pace gets looked at in a day. Waits are skipped, as they would do. */
  async function guessesOfDay(counters: Counter[], pace: number): Promise<number> {
    let made = 0;
    for (let second = 0; second < DAY; ) {
      const waitMs = await waitOf(database(), counters, later(second));
      if (waitMs > 0) {
        second += Math.ceil(waitMs / 1000 / pace) * pace;
        continue;
      }
      await beginTry(database(), counters, later(second));
      made++;
      second += pace;
    }
    return made;
  }

  test('waits and counts of a clock that ran a year ahead are void', async () => {
    const ahead = later(365 * DAY);
    await fail(6, ada, ahead);
    await fail(3, { ...ada, address: '203.0.113.9' }, ahead);
    expect(await wait()).toBe(0);
    expect(await fail(1)).toMatchObject([{ status: 'fulfilled', value: { waitMs: 0 } }]);
    expect(await fail(5)).toHaveLength(5);
    expect(await wait()).toBe(MINUTE * 1000);
    await fail(6, { ...ada, address: '203.0.113.10' }, ahead);
    expect(await forgetOldFailures(database(), NOW)).toBeGreaterThanOrEqual(3);
  });

  test('what is kept for a time only goes by the rule that cron applies too', async () => {
    await fail(1);
    const [user] = await database().insert(users).values({ email: ada.email, role: 'viewer' }).returning();
    const session = { userId: user?.id ?? 0, address: ada.address, agent: 'a browser' };
    await database()
      .insert(sessions)
      .values([
        { ...session, expiresAt: later(60) },
        { ...session, expiresAt: later(4 * HOUR) },
        { ...session, expiresAt: later(365 * DAY) },
      ]);
    await applyRetention(database(), later(3 * HOUR));
    expect(await database().select().from(signInFailures)).toEqual([]);
    expect((await database().select().from(sessions)).map(({ expiresAt }) => expiresAt)).toEqual([later(4 * HOUR)]);
  });
});
