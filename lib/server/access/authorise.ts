import { KithError } from '@/lib/shared/contract/errors';
import type { Operation } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';
import type { Scope } from '@/lib/shared/contract/scopes';

const has = (scope: Scope) => (principal: Principal) => principal.scopes.includes(scope);

export const mayReadFaces = has('faces:read');
export const mayWriteFaces = has('faces:write');
export const mayEnrol = has('faces:enrol');
export const mayMatch = has('match');
export const maySync = has('sync');
export const mayReportEvents = has('events:write');
export const mayAdminister = has('admin');
export const mayRunDueWork = (principal: Principal) => principal.kind === 'cron' || mayAdminister(principal);

const QUESTION: Record<Scope, (principal: Principal) => boolean> = {
  'faces:read': mayReadFaces,
  'faces:write': mayWriteFaces,
  'faces:enrol': mayEnrol,
  match: mayMatch,
  sync: maySync,
  'events:write': mayReportEvents,
  admin: mayAdminister,
};

/** Whether the credentials allow a call without limits. */
export function mayCall(principal: Principal, { scope, cron }: Pick<Operation, 'scope' | 'cron'>): boolean {
  if (scope === null) return true;
  return (cron ? mayRunDueWork : QUESTION[scope])(principal);
}

/**
 * The one place where a call is allowed or not. 401 is "who are you", 403 is "you may not" (RFC 9110 sections 15.5.2
 * and 15.5.4).
 * @throws KithError UNAUTHENTICATED, FORBIDDEN
 */
export function authorise(
  principal: Principal | null,
  operation: Pick<Operation, 'scope' | 'cron' | 'orOwn' | 'inGroups'>,
): Principal | null {
  const { scope, orOwn = false, inGroups = false } = operation;
  if (scope === null) return principal;
  if (principal === null) {
    throw new KithError('UNAUTHENTICATED', 'Give a valid API key as "Authorization: Bearer KEY" or "X-API-Key: KEY".');
  }
  if (!mayCall(principal, operation) && !(orOwn && mayEnrol(principal))) {
    throw new KithError('FORBIDDEN', `This needs the scope ${scope}, which these credentials do not have.`, {
      details: { scope },
    });
  }
  if (principal.groups && !inGroups) {
    throw new KithError(
      'FORBIDDEN',
      'This call works on all people, and these credentials are limited to groups. Use credentials without that limit.',
    );
  }
  return principal;
}
