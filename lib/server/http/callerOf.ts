import { mayCall } from '@/lib/server/access/authorise';
import type { Caller } from '@/lib/server/people/ownership';
import type { Operation } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';

/** Returns who makes the call, and what they may work on, after `authorise` has allowed it. */
export function callerOf(principal: Principal | null, operation: Pick<Operation, 'scope' | 'cron'>): Caller {
  if (principal === null) return { id: null, onlyOwn: true, groups: null };
  return {
    id: `${principal.kind}:${principal.id}`,
    onlyOwn: !mayCall(principal, operation),
    groups: principal.groups ?? null,
  };
}
