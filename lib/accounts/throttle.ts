import { createHash } from 'node:crypto';
import { inArray, lt, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { signInFailures } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';

const MINUTE_MS = 60_000;
/** Failures are counted within this time from the first. */
const WINDOW_MS = 15 * MINUTE_MS;

/** How many failures of one kind are borne, and how long the next try then has to wait. */
interface Allowance {
  failures: number;
  waitMs: number;
}

/** Wrong passwords for one account from one address: five, then a wait that a person can bear and a program cannot. */
const PAIR: Allowance = { failures: 5, waitMs: MINUTE_MS };
/** Wrong passwords for one account from everywhere together. */
const ACCOUNT: Allowance = { failures: 30, waitMs: 5 * MINUTE_MS };
/** Wrong passwords from one address for any account. */
const ADDRESS: Allowance = { failures: 60, waitMs: 5 * MINUTE_MS };

export interface Try {
  /** In lower case. */
  email: string;
  address: string;
}

/** What a try counts against, in the order their rows are locked. */
function counters({ email, address }: Try) {
  return [
    { key: keyOf('pair', `${email}|${address}`), allowance: PAIR },
    { key: keyOf('account', email), allowance: ACCOUNT },
    { key: keyOf('address', address), allowance: ADDRESS },
  ];
}

const keyOf = (kind: string, value: string) => createHash('sha256').update(`${kind}:${value}`).digest('hex');

/**
 * Throws RATE_LIMITED while this account or address has to wait. Called before the password is looked at. The counts
 * are in the database, so that asking another server gains nothing.
 */
export async function assertMayTry(db: Database, attempt: Try, now = new Date()): Promise<void> {
  const wanted = counters(attempt);
  const rows = await db
    .select()
    .from(signInFailures)
    .where(
      inArray(
        signInFailures.key,
        wanted.map(({ key }) => key),
      ),
    );
  for (const { key, failures, endsAt } of rows) {
    const allowance = wanted.find((counter) => counter.key === key)?.allowance;
    if (allowance && failures > allowance.failures && endsAt > now) throw tooMany(endsAt.getTime() - now.getTime());
  }
}

/**
 * Counts a wrong password; the try that goes beyond the allowance already learns how long to wait (RATE_LIMITED). One
 * statement a count, so that tries at once, on whichever servers, are all counted.
 */
export async function countFailure(db: Database, attempt: Try, now = new Date()): Promise<void> {
  let waitMs = 0;
  for (const { key, allowance } of counters(attempt)) {
    const { failures, endsAt } = signInFailures;
    const over = sql`${endsAt} <= ${now.toISOString()}::timestamptz`;
    const [counted] = await db
      .insert(signInFailures)
      .values({ key, failures: 1, endsAt: new Date(now.getTime() + WINDOW_MS) })
      .onConflictDoUpdate({
        target: signInFailures.key,
        set: {
          failures: sql`case when ${over} then 1 else ${failures} + 1 end`,
          endsAt: sql`case
            when ${over} then ${new Date(now.getTime() + WINDOW_MS).toISOString()}::timestamptz
            when ${failures} = ${allowance.failures} then ${new Date(now.getTime() + allowance.waitMs).toISOString()}::timestamptz
            else ${endsAt} end`,
        },
      })
      .returning();
    if (counted && counted.failures > allowance.failures) {
      waitMs = Math.max(waitMs, counted.endsAt.getTime() - now.getTime());
    }
  }
  if (waitMs > 0) throw tooMany(waitMs);
}

/** A right password proves the person: what was counted for this account is forgotten, not what the address did to others. */
export async function forgetFailures(db: Database, attempt: Try): Promise<void> {
  const [pair, account] = counters(attempt);
  await db.delete(signInFailures).where(
    inArray(
      signInFailures.key,
      [pair, account].flatMap((counter) => counter?.key ?? []),
    ),
  );
}

/** Removes counts whose time is over. Returns how many. */
export async function forgetOldFailures(db: Database, now = new Date()): Promise<number> {
  const gone = await db
    .delete(signInFailures)
    .where(lt(signInFailures.endsAt, now))
    .returning({ key: signInFailures.key });
  return gone.length;
}

function tooMany(waitMs: number): KithError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new KithError('RATE_LIMITED', `Too many tries. Wait ${seconds} seconds, then try again.`, {
    retryAfterSeconds: seconds,
  });
}
