import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { signInFailures } from '@/db/schema';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import { KithError } from '@/lib/shared/contract/errors';
import { networkOf } from './networkOf';

const MINUTE_MS = 60_000;
/**
 * Wrong passwords are counted for this long after the first, in milliseconds. After a wait they are forgotten after the
 * same time again.
 */
const WINDOW_MS = 60 * MINUTE_MS;

/** How many wrong passwords an hour are allowed, and how long each further attempt then waits. */
interface Allowance {
  failures: number;
  /** Wait after the first one above the limit, in milliseconds. Each further one doubles it. */
  waitMs: number;
  maxWaitMs: number;
}

/**
 * For one account from one address. A person can make this many mistakes, and then bear the waits; a program cannot.
 */
const PAIR: Allowance = { failures: 5, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };
/** For one account by one known browser. It replaces the three other limits. */
const BROWSER: Allowance = { failures: 10, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };
/**
 * For one account from all unknown browsers together: at most 100 an hour (OWASP ASVS 4, 2.2.1). The wait does not
 * grow, so that the owner with a new browser has the same chance as those who guess.
 */
const ACCOUNT: Allowance = { failures: 100, waitMs: MINUTE_MS, maxWaitMs: MINUTE_MS };
/** For all accounts from one address, by unknown browsers. */
const ADDRESS: Allowance = { failures: 60, waitMs: MINUTE_MS, maxWaitMs: MINUTE_MS };
/** For the current password, which a session must send to change it. */
const SESSION: Allowance = { failures: 5, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };

/** The highest count that is stored. */
const MOST_FAILURES = 2_000_000_000;

/** A counter that an attempt increases. */
export interface Counter {
  /** SHA-256 in hex, because the text in the email field is not stored. */
  key: string;
  allowance: Allowance;
  /** Effect of a correct password: it resets the counter, or is only not counted itself. */
  whenRight: 'forget' | 'uncount';
}

const counter = (kind: string, value: string, allowance: Allowance, whenRight: Counter['whenRight']): Counter => ({
  key: createHash('sha256').update(`${kind}:${value}`).digest('hex'),
  allowance,
  whenRight,
});

/**
 * Counters of a sign-in by an unknown browser, in the order in which their rows are locked. The account is the last.
 */
export function strangerCounters({ email, address }: { email: string; address: string }): Counter[] {
  const network = networkOf(address);
  return [
    counter('pair', `${email}|${network}`, PAIR, 'forget'),
    counter('address', network, ADDRESS, 'uncount'),
    counter('account', email, ACCOUNT, 'uncount'),
  ];
}

/** Counters of a sign-in by a browser that signed in to this account before. */
export const browserCounters = (nonce: string): Counter[] => [counter('browser', nonce, BROWSER, 'forget')];

/** Counter for the current password of a signed-in user. */
export const sessionCounters = (sessionId: string): Counter[] => [counter('session', sessionId, SESSION, 'forget')];

/** Wrong passwords on the whole server, for existing and unknown accounts. It limits nothing. */
const EVERYWHERE: Counter = counter('everywhere', '', { failures: MOST_FAILURES, waitMs: 0, maxWaitMs: 0 }, 'uncount');

/** An attempt that is allowed. It counts as wrong until {@link passed} is called. */
export interface Try {
  /** Wrong passwords in this hour, this one included, by the last of its counters. */
  failures: number;
  /** How long the next attempt waits if this one is wrong, in milliseconds. */
  waitMs: number;
}

/**
 * Returns how long the next attempt must wait, in milliseconds; 0 if it may be made now. The counts are in the
 * database, so that another server gives the same result.
 */
export async function waitOf(db: Database, counters: readonly Counter[], now = new Date()): Promise<number> {
  const rows = await db
    .select()
    .from(signInFailures)
    .where(
      inArray(
        signInFailures.key,
        counters.map(({ key }) => key),
      ),
    );
  return Math.max(0, ...rows.map((row) => waitOfRow(row, counters, now)));
}

function waitOfRow(row: typeof signInFailures.$inferSelect, counters: readonly Counter[], now: Date): number {
  const allowance = counters.find(({ key }) => key === row.key)?.allowance;
  const waitMs = row.endsAt.getTime() - now.getTime();
  const waits = allowance !== undefined && row.failures > allowance.failures;
  // A longer wait than any limit gives was written while a clock was ahead.
  return waits && waitMs > 0 && waitMs <= allowance.maxWaitMs + CLOCK_TOLERANCE_MS ? waitMs : 0;
}

/**
 * Counts an attempt before the password is checked. Simultaneous attempts, on whichever servers, can therefore not
 * exceed the limits. It takes one statement for each counter, and changes nothing while the counter waits.
 * @throws KithError RATE_LIMITED while one of the counters waits
 */
export async function beginTry(db: Database, counters: readonly Counter[], now = new Date()): Promise<Try> {
  const waitMs = await waitOf(db, counters, now);
  if (waitMs > 0) throw tooMany(waitMs);
  let begun: Try = { failures: 0, waitMs: 0 };
  for (const each of counters) {
    const row = await count(db, each, now);
    // Another attempt was counted between the two statements.
    if (!row) throw tooMany(Math.max(await waitOf(db, counters, now), 1));
    begun = { failures: row.failures, waitMs: Math.max(begun.waitMs, waitOfRow(row, counters, now)) };
  }
  return begun;
}

/** Counts a wrong password for an unknown account. Returns the wrong passwords on the server in this hour. */
export async function countEverywhere(db: Database, now = new Date()): Promise<number> {
  return (await count(db, EVERYWHERE, now))?.failures ?? 0;
}

async function count(db: Database, { key, allowance }: Counter, now: Date) {
  const { failures, endsAt } = signInFailures;
  const nowSql = sql`${now.toISOString()}::timestamptz`;
  const after = (ms: number) => sql`${new Date(now.getTime() + ms).toISOString()}::timestamptz`;
  const waits = sql`${failures} > ${allowance.failures}`;
  const ahead = sql`${endsAt} > case when ${waits} then ${after(allowance.maxWaitMs + CLOCK_TOLERANCE_MS)} else ${after(WINDOW_MS + CLOCK_TOLERANCE_MS)} end`;
  const over = sql`(case when ${waits} then ${endsAt} <= ${after(-WINDOW_MS)} else ${endsAt} <= ${nowSql} end or ${ahead})`;
  const wait = sql`least(${allowance.maxWaitMs}::float8, ${allowance.waitMs}::float8 * power(2, least(${failures} - ${allowance.failures}, 20)))`;
  const [row] = await db
    .insert(signInFailures)
    .values({ key, failures: 1, endsAt: new Date(now.getTime() + WINDOW_MS) })
    .onConflictDoUpdate({
      target: signInFailures.key,
      set: {
        failures: sql`case when ${over} then 1 else least(${failures} + 1, ${MOST_FAILURES}) end`,
        endsAt: sql`case
          when ${over} then ${after(WINDOW_MS)}
          when ${failures} >= ${allowance.failures} then ${nowSql} + make_interval(secs => ${wait} / 1000)
          else ${endsAt} end`,
      },
      setWhere: sql`not (${waits} and ${endsAt} > ${nowSql}) or ${ahead}`,
    })
    .returning();
  return row;
}

/**
 * Records that the password was correct. This person's counter is reset, and the attempt is not counted for the address
 * and the account. Attempts of others stay counted, even while those counters wait.
 */
export async function passed(db: Database, counters: readonly Counter[]): Promise<void> {
  const keys = (whenRight: Counter['whenRight']) =>
    counters.filter((each) => each.whenRight === whenRight).map(({ key }) => key);
  const forget = keys('forget');
  if (forget.length > 0) await db.delete(signInFailures).where(inArray(signInFailures.key, forget));
  for (const { key, allowance } of counters.filter((each) => each.whenRight === 'uncount')) {
    await db
      .update(signInFailures)
      .set({ failures: sql`${signInFailures.failures} - 1` })
      .where(
        and(
          eq(signInFailures.key, key),
          gt(signInFailures.failures, 0),
          lte(signInFailures.failures, allowance.failures),
        ),
      );
  }
}

/** Deletes counters that have expired, and those from a clock that was ahead. Returns how many. */
export async function forgetOldFailures(db: Database, now = new Date()): Promise<number> {
  const gone = await db
    .delete(signInFailures)
    .where(
      or(
        lt(signInFailures.endsAt, new Date(now.getTime() - WINDOW_MS)),
        gt(signInFailures.endsAt, new Date(now.getTime() + WINDOW_MS + CLOCK_TOLERANCE_MS)),
      ),
    )
    .returning({ key: signInFailures.key });
  return gone.length;
}

export function tooMany(waitMs: number): KithError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new KithError('RATE_LIMITED', `Too many tries. Wait ${seconds} seconds, then try again.`, {
    retryAfterSeconds: seconds,
  });
}
