import { KithError } from '@/lib/shared/contract/errors';
import type { Principal } from '@/lib/shared/contract/principal';

/**
 * Returns the account of a signed-in user.
 * @throws KithError FORBIDDEN for a key or a device, which has no account
 */
export function ownAccount(principal: Principal): { userId: number; sessionId: string } {
  if (principal.kind !== 'session' || principal.sessionId === undefined) {
    throw new KithError('FORBIDDEN', 'Only someone signed in to the console has an account of their own.');
  }
  return { userId: Number(principal.id), sessionId: principal.sessionId };
}
