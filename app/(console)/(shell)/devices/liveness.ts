import type { LivenessMode } from '@/lib/shared/contract/devices';

/** What each check is called where one is chosen. */
export const LIVENESS_LABELS: Record<LivenessMode, string> = {
  off: 'Off',
  passive: 'Passive',
  challenge: 'Challenge',
};
