import { type BackOff, backOff } from '@/lib/server/platform/jobs/backOff';

/** Waits between tries of a delivery. */
const WAITS: BackOff = { first: 5_000, growth: 4, longest: 6 * 3_600_000 };
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
  const wait = backOff(attempts, WAITS, random);
  return Math.round(Math.max(wait, Math.min((retryAfterSeconds ?? 0) * 1_000, LONGEST_RETRY_AFTER_MS)));
}
