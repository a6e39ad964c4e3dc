/** Wait after the first failed try; four times as long after each further one. */
const FIRST_WAIT_MS = 5_000;
const GROWTH = 4;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** Part of the wait that is added at random, so that what failed together does not come back together. */
const JITTER = 0.2;
/** The longest wait a receiver may ask for. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * Milliseconds to wait after a failed try: 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, then about every 6 hours. What the
 * receiver asked for (`Retry-After`) is waited for if it is longer.
 */
export function waitAfter(options: {
  attempts: number;
  retryAfterSeconds: number | null;
  random?: () => number;
}): number {
  const { attempts, retryAfterSeconds, random = Math.random } = options;
  const wait = Math.min(FIRST_WAIT_MS * GROWTH ** (attempts - 1), LONGEST_WAIT_MS);
  const jittered = wait * (1 + JITTER * random());
  return Math.round(Math.max(jittered, Math.min((retryAfterSeconds ?? 0) * 1_000, LONGEST_RETRY_AFTER_MS)));
}
