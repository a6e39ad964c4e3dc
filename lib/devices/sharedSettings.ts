import { matchTrust } from '@/lib/faces/matchTrust';
import type { SharedSettings } from './answers';

/** How often a device asks for changes while it is open. */
const SYNC_SECONDS = 30;

/** How devices work, as it is set for all of them. */
export async function sharedSettings(): Promise<SharedSettings> {
  return { match_trust: matchTrust(), sync_seconds: SYNC_SECONDS };
}
