import type { DeviceState } from '@kith/sdk';
import type { ServerSettings } from '@/lib/phone/store/records';
import { ERRORS } from '@/lib/shared/contract/errors';
import { contact, ServerError } from './server';

/** What servers of earlier versions do not know, and refuse. */
const ADDED_LATER = ['knows_groups', 'matching'] as const;

/**
 * Reports the state of this phone. A server of an earlier version, as after going back to one, is told what it knows.
 * Throws as `contact`.
 * @returns the server's settings
 */
export async function reportTo(token: string, told: DeviceState): Promise<ServerSettings> {
  try {
    return await contact(token, told);
  } catch (error) {
    if (!(error instanceof ServerError) || error.type !== ERRORS.BAD_REQUEST.type) throw error;
    const refused = ADDED_LATER.filter((field) => field in told && error.message.includes(field));
    if (refused.length === 0) throw error;
    const known = { ...told };
    for (const field of refused) delete known[field];
    return reportTo(token, known);
  }
}
