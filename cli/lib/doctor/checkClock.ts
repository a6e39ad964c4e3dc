import { type Finding, note, ok, problem, reasonOf } from './finding';

/** Maximum difference of two clocks in seconds. Beyond it, signatures and events are wrong. */
const MAX_SKEW = 60;
/** A correct clock is later than this date, on which this file was written. */
const WRITTEN = Date.UTC(2025, 0, 1);

/** Checks the clock, and compares it with the server's if a URL is given. */
export async function checkClock(url: string | undefined, now = Date.now()): Promise<Finding> {
  const shown = new Date(now).toISOString();
  const advice = 'Set the clock, best by network time (timedatectl set-ntp true).';
  if (now < WRITTEN) return problem('clock', shown, advice);
  if (url === undefined) return ok('clock', `${shown}; give --url to compare it with a server's`);
  try {
    const { headers } = await fetch(new URL('/api/health', url), { signal: AbortSignal.timeout(5_000) });
    const theirs = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return note('clock', `${shown}; ${url} does not tell its time`);
    const seconds = Math.round((now - theirs) / 1000);
    const difference = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} ${url}`;
    return Math.abs(seconds) > MAX_SKEW ? problem('clock', difference, advice) : ok('clock', difference);
  } catch (error) {
    return problem(
      'server',
      `${url} does not respond: ${reasonOf(error)}`,
      'Check --url (or KITH_URL) and that it runs.',
    );
  }
}
