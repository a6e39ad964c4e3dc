import type { Scope } from './scopes';

export type Role = 'admin' | 'operator' | 'viewer';

/** Who is asking: the holder of an API key, a signed-in user of the console, a paired device, or a scheduler with CRON_SECRET. */
export interface Principal {
  kind: 'key' | 'session' | 'device' | 'cron';
  id: string;
  name: string;
  scopes: readonly Scope[];
  /** Ids of the groups that a key or a device is limited to; null or absent: not limited. */
  groups?: readonly number[] | null;
  /** Of a signed-in user. */
  role?: Role;
  /** Of a signed-in user: which of their sessions this is. */
  sessionId?: string;
}

/** Whose share of the server's places, memory and image hosts a request takes. Those without credentials share one. */
export function ownerOf(principal: Principal | null): string {
  return principal ? `${principal.kind}:${principal.id}` : 'nobody';
}
