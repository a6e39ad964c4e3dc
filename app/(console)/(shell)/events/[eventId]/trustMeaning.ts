import { distanceOfTrust } from '@kith/sdk';
import { CALIBRATION, ratesAt } from '@/lib/shared/trust/calibration';

/** Says in words what a trust (0–100) means: how often strangers reach it. */
export function trustMeaning(trust: number): string {
  const { far } = ratesAt(distanceOfTrust(trust));
  // Below what was measured, only a bound can be given.
  const least = 1 / CALIBRATION.impostor;
  if (far < least) return `Fewer than 1 in ${round(1 / least)} pairs of strangers look this much alike.`;
  if (far > 0.5) return 'Most pairs of strangers look this much alike.';
  return `About 1 in ${round(1 / far)} pairs of strangers look this much alike.`;
}

/** Two digits: what is measured is no finer. */
function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}
