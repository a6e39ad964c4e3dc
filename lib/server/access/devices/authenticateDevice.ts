import type { Database } from '@/db/client';
import type { Device } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import type { Principal } from '@/lib/shared/contract/principal';
import type { Scope } from '@/lib/shared/contract/scopes';
import { findByToken } from './store';

/** Returns the scopes of a device. The administrator allows enrolment per device. */
export function scopesOf({ allowEnrolment }: Pick<Device, 'allowEnrolment'>): Scope[] {
  return allowEnrolment ? ['sync', 'events:write', 'faces:enrol'] : ['sync', 'events:write'];
}

/**
 * Returns the device with this token; null if it is not a device's token.
 * @throws KithError UNAUTHENTICATED with `revoked: true`, which makes a device erase its data
 */
export async function authenticateDevice(db: Database, secret: string): Promise<Principal | null> {
  const device = await findByToken(db, secret);
  if (!device) return null;
  if (device.revokedAt) {
    throw new KithError('UNAUTHENTICATED', 'This device was revoked.', { details: { revoked: true } });
  }
  return {
    kind: 'device',
    id: String(device.id),
    name: device.name,
    scopes: scopesOf(device),
    groups: device.groupIds,
  };
}

/** Returns the id of the calling device. Throws FORBIDDEN for keys and users. */
export function requireDevice(principal: Principal): number {
  if (principal.kind !== 'device') throw new KithError('FORBIDDEN', 'Only a paired device calls this.');
  return Number(principal.id);
}
