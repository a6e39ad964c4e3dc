import { expect, test } from 'vitest';
import { users } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { accountOfSession, forgetOldSessions, startSession } from './session';

const DAY_MS = 24 * 3_600_000;

describeOnEachDatabase('a session', (database) => {
  test('lasts seven days; one of a clock that ran ahead does not count, and goes with the old ones', async () => {
    const now = new Date();
    const later = (days: number) => new Date(now.getTime() + days * DAY_MS);
    const [user] = await database().insert(users).values({ email: 'ada@example.org', role: 'admin' }).returning();
    const start = (at: Date) =>
      startSession(database(), { userId: user?.id ?? 0, address: null, agent: null, now: at });
    const account = (id: string, at: Date) => accountOfSession(database(), id, at);
    const session = await start(now);
    expect(await account(session, later(6.9))).toMatchObject({ email: 'ada@example.org', sessionId: session });
    expect(await account(session, later(7.1))).toBeNull();

    const ahead = await start(later(365));
    expect(await account(ahead, later(365.1))).not.toBeNull();
    expect(await account(ahead, now)).toBeNull();
    await forgetOldSessions(database(), now);
    expect(await account(ahead, later(365.1))).toBeNull();
    expect(await account(session, now)).not.toBeNull();
  });
});
