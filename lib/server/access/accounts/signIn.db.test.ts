import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { audit, sessions, signInFailures, users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { listAudit } from '@/lib/server/audit/listAudit';
import { cookiesOf } from './cookies';
import { hashPassword } from './passwords';
import { signIn } from './signIn';
import { isTold } from './traceSignIn';

beforeAll(() => {
  vi.stubEnv('AUTH_SECRET', 'a secret of this test alone');
});

const NOW = new Date('2026-05-01T08:00:00Z');
const MINUTES = 60_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const RIGHT = 'correct horse battery';
const OFFICE = '198.51.100.7';

describeOnEachDatabase('signing in', (database) => {
  let ada: number;

  beforeAll(async () => {
    const [user] = await database()
      .insert(users)
      .values({ email: 'ada@example.org', role: 'admin', passwordHash: await hashPassword(RIGHT) })
      .returning();
    ada = user?.id ?? 0;
  });

  afterEach(async () => {
    await database().delete(signInFailures);
    await database().delete(sessions);
  });

  interface Attempt {
    email?: string;
    password?: string;
    address?: string;
    cookies?: ReadonlyMap<string, string>;
    at?: Date;
  }

  const attempt = ({ at = NOW, ...given }: Attempt = {}) =>
    signIn(
      database(),
      {
        email: 'ada@example.org',
        password: RIGHT,
        address: OFFICE,
        agent: null,
        secure: false,
        cookies: new Map(),
        ...given,
      },
      at,
    );
  const outcome = (given: Attempt) =>
    attempt(given).then(
      () => 'in',
      (error: { code: string }) => error.code,
    );
  const knownBrowser = async (at = NOW) => cookiesOf((await attempt({ at })).knownBrowser.split(';')[0] ?? '');
  const tries = (who: string, count: number) => ({ who, count });

  // The case that kept an owner out for 58 % of the time.
  test('twelve wrong passwords a minute from five addresses keep out nobody but strangers', async () => {
    const cookies = await knownBrowser();
    const refused = { 'known browser': 0, 'new browser': 0 };
    let [guesses, guessed] = [0, 0];
    for (let ms = 0; ms < 60 * MINUTES; ms += 5_000) {
      const at = later(ms);
      guesses++;
      const address = `203.0.113.${guesses % 5}`;
      if ((await outcome({ at, address, password: 'a wrong password' })) === 'UNAUTHENTICATED') guessed++;
      if (ms % (10 * MINUTES) !== 0) continue;
      if ((await outcome({ at, cookies })) !== 'in') refused['known browser']++;
      if ((await outcome({ at })) !== 'in') refused['new browser']++;
    }
    expect(tries('strangers', guesses)).toEqual(tries('strangers', 720));
    expect(refused).toEqual({ 'known browser': 0, 'new browser': 0 });
    expect(guessed).toBeLessThan(60);
  }, 300_000);

  test('while a botnet uses up the account, a browser that is known gets in and a new one waits', async () => {
    const cookies = await knownBrowser();
    for (let n = 0; n < 101; n++) await outcome({ address: `2001:db8:0:${n}::1`, password: 'wrong' });
    expect(await outcome({})).toBe('RATE_LIMITED');
    expect(await outcome({ cookies })).toBe('in');
    expect(await outcome({ email: 'ADA@example.org ', cookies })).toBe('in');
    expect(await outcome({ at: later(1.1 * MINUTES) })).toBe('in');
  });

  test('who has stolen the cookie has an allowance of its own, and is then a stranger', async () => {
    const owner = await knownBrowser();
    const stolen = await knownBrowser();
    const thief = { cookies: stolen, password: 'wrong', address: '203.0.113.66' };
    let looked = 0;
    for (let n = 0; n < 40; n++) if ((await outcome(thief)) === 'UNAUTHENTICATED') looked++;
    // Ten by the cookie, and five as anybody from that address; a sixth and an eleventh are told the wait at once.
    expect(looked).toBe(15);
    expect(await outcome({ ...thief, password: RIGHT })).toBe('RATE_LIMITED');
    expect(await outcome({ cookies: owner })).toBe('in');
    expect(await outcome({ cookies: owner, password: 'wrong' })).toBe('UNAUTHENTICATED');
  });

  test('each outcome is in the audit log with its address; what was typed for an unknown email is not', async () => {
    const { entries: before } = await listAudit(database(), {}, { limit: 1 });
    const secret = 'my-other-password';
    await attempt({ cookies: await knownBrowser() });
    await outcome({ password: 'wrong' });
    await outcome({ email: secret, password: 'wrong', address: '203.0.113.1' });
    for (let n = 0; n < 9; n++) await outcome({ password: 'wrong', address: '203.0.113.2' });
    const lines = (await database().select().from(audit)).filter(({ id }) => id > (before[0]?.id ?? 0));
    expect(JSON.stringify(lines)).not.toMatch(/my-other-password|wrong password|correct horse/);
    const of = (action: string) => lines.filter((line) => line.action === action);
    expect(of('session.sign_in')).toMatchObject([
      {
        actorKind: 'user',
        actorName: 'ada@example.org',
        subjectId: String(ada),
        address: OFFICE,
        details: { known_browser: false },
      },
      { details: { known_browser: true } },
    ]);
    expect(of('session.sign_in_failed')).toContainEqual(
      expect.objectContaining({
        actorName: 'nobody signed in',
        subjectKind: 'user',
        subjectId: String(ada),
        address: OFFICE,
      }),
    );
    expect(of('session.sign_in_failed')).toContainEqual(
      expect.objectContaining({
        subjectId: null,
        address: '203.0.113.1',
        details: { failures: expect.any(Number), account: 'unknown' },
      }),
    );
    expect(of('session.throttled').length).toBeLessThanOrEqual(1);
  });

  test('nobody fills the audit log: tries by ever new addresses leave a few lines', async () => {
    const count = async () => (await database().select({ id: audit.id }).from(audit)).length;
    const before = await count();
    for (let n = 0; n < 40; n++) {
      await outcome({ address: `2001:db8:1:${n.toString(16)}::1`, password: 'wrong' });
      await outcome({
        address: `2001:db8:2:${n.toString(16)}::1`,
        email: `nobody-${n}@example.org`,
        password: 'wrong',
      });
    }
    expect((await count()) - before).toBeLessThan(30);
    expect(Array.from({ length: 1000 }, (_, index) => index + 1).filter(isTold)).toEqual([
      1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000,
    ]);
  }, 300_000);
});
