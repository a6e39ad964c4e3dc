import type { LivenessMode } from '@/lib/shared/contract/devices';

/** Labels of the liveness checks. */
export const LIVENESS_LABELS: Record<LivenessMode, string> = {
  off: 'Off',
  passive: 'Passive',
  challenge: 'Challenge',
};
