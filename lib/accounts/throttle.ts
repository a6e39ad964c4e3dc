import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { KithError } from '@/lib/contract/errors';

const MINUTE = 60;

/** Wrong passwords for one account from one address: five, then a wait that a person can bear and a program cannot. */
const perPair = { points: 5, duration: 15 * MINUTE, blockDuration: MINUTE };
/** Wrong passwords for one account from everywhere together. */
const perAccount = { points: 30, duration: 15 * MINUTE, blockDuration: 5 * MINUTE };
/** Wrong passwords from one address for any account. */
const perAddress = { points: 60, duration: 15 * MINUTE, blockDuration: 5 * MINUTE };

function limiters() {
  return {
    pair: new RateLimiterMemory({ keyPrefix: 'pair', ...perPair }),
    account: new RateLimiterMemory({ keyPrefix: 'account', ...perAccount }),
    address: new RateLimiterMemory({ keyPrefix: 'address', ...perAddress }),
  };
}

/** Counts failed sign-ins. Kept in the process, shared by the server's route bundles. */
const state = globalThis as typeof globalThis & { kithSignInLimiters?: ReturnType<typeof limiters> };

function tooMany(waitMs: number): KithError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new KithError('RATE_LIMITED', `Too many tries. Wait ${seconds} seconds, then try again.`, {
    retryAfterSeconds: seconds,
  });
}

interface Try {
  email: string;
  address: string;
}

function keyed({ email, address }: Try) {
  state.kithSignInLimiters ??= limiters();
  const { pair, account, address: byAddress } = state.kithSignInLimiters;
  return [
    [pair, `${email}|${address}`],
    [account, email],
    [byAddress, address],
  ] as const;
}

/** Throws RATE_LIMITED while this account or address has to wait. Called before the password is looked at. */
export async function assertMayTry(attempt: Try): Promise<void> {
  for (const [limiter, key] of keyed(attempt)) {
    const spent = await limiter.get(key);
    if (spent !== null && spent.consumedPoints > limiter.points) throw tooMany(spent.msBeforeNext);
  }
}

/** Counts a wrong password; the try that uses up the allowance already learns how long to wait. */
export async function countFailure(attempt: Try): Promise<void> {
  for (const [limiter, key] of keyed(attempt)) {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) throw tooMany(refused.msBeforeNext);
      throw refused;
    }
  }
}

/** A right password proves the person: what was counted for this account is forgotten, not what the address did to others. */
export async function forgetFailures(attempt: Try): Promise<void> {
  const [pair, account] = keyed(attempt);
  await Promise.all([pair[0].delete(pair[1]), account[0].delete(account[1])]);
}
