import { type BackOff, backOff } from '@/lib/server/platform/jobs/backOff';

/** Waits between attempts of a delivery. */
const WAITS: BackOff = { first: 5_000, growth: 4, longest: 6 * 3_600_000 };
/** The longest wait that a receiver may ask for. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * Returns the milliseconds to wait after a failed attempt: 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, then about every 6
 * hours. A longer `Retry-After` of the receiver wins.
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
