import type { DeviceState } from '@kith/sdk';
import type { ServerSettings } from '@/lib/phone/store/records';
import { contact } from './server';
import { withoutRefused } from './withoutRefused';

/** Fields that servers of earlier versions refuse. */
const ADDED_LATER = ['knows_groups', 'matching'] as const;

/** Reports the state of this phone. Returns the server's settings. Throws what `contact` throws. */
export function reportTo(token: string, report: DeviceState): Promise<ServerSettings> {
  const send = withoutRefused(ADDED_LATER, (state: DeviceState, known) => contact(token, known(state)));
  return send(report);
}
