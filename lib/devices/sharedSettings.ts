import { currentSettings } from '@/lib/settings/currentSettings';
import type { SharedSettings } from './answers';

/** How devices work, as it is set for all of them. */
export async function sharedSettings(): Promise<SharedSettings> {
  const { match_trust, device_sync_seconds } = await currentSettings();
  return { match_trust, sync_seconds: device_sync_seconds };
}
