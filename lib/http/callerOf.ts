import type { Operation } from '@/lib/contract/operation';
import type { Caller } from '@/lib/people/ownership';
import { mayCall } from './authorise';
import type { Principal } from './principal';

/** On whose behalf an operation works, and over what, once `authorise` has let it pass. */
export function callerOf(principal: Principal | null, operation: Pick<Operation, 'scope' | 'cron'>): Caller {
  if (principal === null) return { id: null, onlyOwn: true };
  return { id: `${principal.kind}:${principal.id}`, onlyOwn: !mayCall(principal, operation) };
}
