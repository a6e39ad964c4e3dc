import { currentSettings } from '@/lib/server/settings/currentSettings';
import type { SharedSettings } from './answers';

/** Returns the settings of all devices. */
export async function sharedSettings(): Promise<SharedSettings> {
  const { match_trust, device_sync_seconds } = await currentSettings();
  return { match_trust, sync_seconds: device_sync_seconds };
}

/** Returns the default settings of a newly paired device. */
export async function deviceDefaults() {
  const { device_liveness, device_allow_enrolment } = await currentSettings();
  return { liveness: device_liveness, allowEnrolment: device_allow_enrolment };
}
