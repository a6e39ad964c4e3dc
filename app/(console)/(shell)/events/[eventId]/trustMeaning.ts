import { distanceOfTrust } from '@kith/sdk';
import { CALIBRATION, ratesAt } from '@/lib/shared/trust/calibration';

/** Returns in words how often strangers reach a trust (0–100). */
export function trustMeaning(trust: number): string {
  const { far } = ratesAt(distanceOfTrust(trust));
  // The measurement has too few pairs below this rate, so only a bound is known.
  const least = 1 / CALIBRATION.impostor;
  if (far < least) return `Fewer than 1 in ${round(1 / least)} pairs of strangers look this much alike.`;
  if (far > 0.5) return 'Most pairs of strangers look this much alike.';
  return `About 1 in ${round(1 / far)} pairs of strangers look this much alike.`;
}

/** Rounds to two digits, the precision of the measurement. */
function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}
