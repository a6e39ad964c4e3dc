import { currentSettings } from '@/lib/server/settings/currentSettings';
import type { SharedSettings } from './answers';

/** How devices work, as it is set for all of them. */
export async function sharedSettings(): Promise<SharedSettings> {
  const { match_trust, device_sync_seconds } = await currentSettings();
  return { match_trust, sync_seconds: device_sync_seconds };
}

/** How a device is that is paired without saying otherwise. */
export async function deviceDefaults() {
  const { device_liveness, device_allow_enrolment } = await currentSettings();
  return { liveness: device_liveness, allowEnrolment: device_allow_enrolment };
}
