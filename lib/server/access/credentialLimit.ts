import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** Failed attempts an address may make within a window before it has to wait. */
export const FAILED_ATTEMPTS = 100;
const WINDOW_SECONDS = 60;

const limiter = () =>
  processWide(
    'credentialLimit',
    () => new RateLimiterMemory({ keyPrefix: 'credentials', points: FAILED_ATTEMPTS, duration: WINDOW_SECONDS }),
  );

/**
 * Counts a request whose credentials were not valid. Only those are ever slowed down: a caller with a good key behind
 * the same address is not locked out by a neighbour.
 *
 * Each server counts for itself, unlike wrong passwords (lib/server/access/accounts/throttle.ts), which people choose. What is tried
 * here is random: keys and tokens of 256 bits, pairing codes of 50 that live ten minutes. At this rate ten servers try
 * 10,000 codes in that time, one in 10¹¹ of them; so what the limit spares is the work and the log of the server that is
 * asked, and a shared count would add a write to the database for every wrong request, which a flood could use.
 * @throws KithError RATE_LIMITED once the address has failed too often
 */
export async function countFailedCredentials(address: string): Promise<void> {
  try {
    await limiter().consume(address);
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    throw new KithError('RATE_LIMITED', 'Too many requests with credentials that are not valid.', {
      retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000),
    });
  }
}
