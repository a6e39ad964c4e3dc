import type { Scope } from './scopes';

/** What a person may do in the console. One function a question; pages, routes and the menu all ask these. */
export const ROLES = ['admin', 'operator', 'viewer'] as const;

/** `admin`: everything. `operator`: people, samples, events, try. `viewer`: reads. */
export type Role = (typeof ROLES)[number];

const isAdmin = (role: Role) => role === 'admin';
const isOperator = (role: Role) => role === 'admin' || role === 'operator';

/** People, samples, events, devices and the overview. */
export const canReadGallery = (_role: Role) => true;
/** Enrol, change, merge, move and delete. */
export const canEditPeople = isOperator;
/** Match and verify pictures on `/try`. */
export const canRecognise = isOperator;
export const canImport = isOperator;
/** Pair and revoke phones. */
export const canManageDevices = isAdmin;
export const canManageKeys = isAdmin;
export const canManageWebhooks = isAdmin;
export const canManageUsers = isAdmin;
export const canChangeSettings = isAdmin;
export const canReadAudit = isAdmin;
/** Everything in one file leaves the server only by an administrator's hand. */
export const canExport = isAdmin;

/** Scopes of the HTTP API a signed-in person of this role has. */
export function scopesOf(role: Role): Scope[] {
  if (isAdmin(role)) return ['faces:read', 'faces:write', 'match', 'sync', 'events:write', 'admin'];
  if (isOperator(role)) return ['faces:read', 'faces:write', 'match', 'events:write'];
  return ['faces:read'];
}
