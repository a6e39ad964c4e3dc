import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { signInFailures } from '@/db/schema';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import { KithError } from '@/lib/shared/contract/errors';
import { networkOf } from './networkOf';

const MINUTE_MS = 60_000;
/** Wrong passwords are counted within this time from the first. After a wait they are forgotten after as long again. */
const WINDOW_MS = 60 * MINUTE_MS;

/** How many wrong passwords an hour are borne, and how long each further try then has to wait. */
interface Allowance {
  failures: number;
  /** After the first too many; doubled by each further one. */
  waitMs: number;
  maxWaitMs: number;
}

/** For one account from one address: what a person forgives themselves, then waits that a person bears and a program does not. */
const PAIR: Allowance = { failures: 5, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };
/** For one account by one known browser, instead of the three others. */
const BROWSER: Allowance = { failures: 10, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };
/**
 * For one account from everywhere, by browsers that are not known: no more than 100 an hour (OWASP ASVS 4, 2.2.1). The
 * wait does not grow: whoever owns the account and uses a new browser has the same chance as those who guess.
 */
const ACCOUNT: Allowance = { failures: 100, waitMs: MINUTE_MS, maxWaitMs: MINUTE_MS };
/** For all accounts from one address, by browsers that are not known. */
const ADDRESS: Allowance = { failures: 60, waitMs: MINUTE_MS, maxWaitMs: MINUTE_MS };
/** For the current password that a session has to give before it may choose a new one. */
const SESSION: Allowance = { failures: 5, waitMs: MINUTE_MS, maxWaitMs: 15 * MINUTE_MS };

/** As high as a count goes. */
const MOST_FAILURES = 2_000_000_000;

/** What a try counts against. */
export interface Counter {
  /** SHA-256 in hex: what people type into the field for the email is not kept. */
  key: string;
  allowance: Allowance;
  /** What a right password does: forget the wrong ones, or only not count as one itself. */
  whenRight: 'forget' | 'uncount';
}

const counter = (kind: string, value: string, allowance: Allowance, whenRight: Counter['whenRight']): Counter => ({
  key: createHash('sha256').update(`${kind}:${value}`).digest('hex'),
  allowance,
  whenRight,
});

/** A sign-in by a browser that is not known. In the order in which the rows are locked; the account's is the last. */
export function strangerCounters({ email, address }: { email: string; address: string }): Counter[] {
  const network = networkOf(address);
  return [
    counter('pair', `${email}|${network}`, PAIR, 'forget'),
    counter('address', network, ADDRESS, 'uncount'),
    counter('account', email, ACCOUNT, 'uncount'),
  ];
}

/** A sign-in by a browser that has signed in to this account before. */
export const browserCounters = (nonce: string): Counter[] => [counter('browser', nonce, BROWSER, 'forget')];

/** The current password of someone who is signed in. */
export const sessionCounters = (sessionId: string): Counter[] => [counter('session', sessionId, SESSION, 'forget')];

/** Wrong passwords of the whole server, for accounts that exist and that do not; only counted. */
const EVERYWHERE: Counter = counter('everywhere', '', { failures: MOST_FAILURES, waitMs: 0, maxWaitMs: 0 }, 'uncount');

/** A try that may be made. It is counted as wrong until {@link passed} is called. */
export interface Try {
  /** How many wrong ones there are this hour with this one, by the last of its counters. */
  failures: number;
  /** How long the next try has to wait if this one is wrong, ms. */
  waitMs: number;
}

/**
 * How long these counters make the next try wait, ms; 0 when it may be made. The counts are in the database, so that
 * asking another server gains nothing.
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
  // A wait that no allowance gives was written while a clock ran ahead.
  return waits && waitMs > 0 && waitMs <= allowance.maxWaitMs + CLOCK_TOLERANCE_MS ? waitMs : 0;
}

/**
 * Counts a try before the password is looked at, so that of many tries at once, on whichever servers, no more are made
 * than the counters allow. One statement a counter; it changes nothing while the counter waits.
 * @throws KithError RATE_LIMITED while one of the counters has to wait
 */
export async function beginTry(db: Database, counters: readonly Counter[], now = new Date()): Promise<Try> {
  const waitMs = await waitOf(db, counters, now);
  if (waitMs > 0) throw tooMany(waitMs);
  let begun: Try = { failures: 0, waitMs: 0 };
  for (const each of counters) {
    const row = await count(db, each, now);
    // Others were quicker between the two statements.
    if (!row) throw tooMany(Math.max(await waitOf(db, counters, now), 1));
    begun = { failures: row.failures, waitMs: Math.max(begun.waitMs, waitOfRow(row, counters, now)) };
  }
  return begun;
}

/** Counts a wrong password for an account that does not exist. Returns how many wrong ones the server had this hour. */
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
 * The password was right: what was counted against this person is forgotten, and this try is not counted against the
 * address and the account. What others did to those stays, also while they wait.
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

/** Removes counts that count no more, and those that a clock which ran ahead left behind. Returns how many. */
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
