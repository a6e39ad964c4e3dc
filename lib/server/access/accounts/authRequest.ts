import { clientAddress } from '@/lib/server/access/clientAddress';
import { isSecure } from '@/lib/server/access/origin';
import { env } from '@/lib/server/platform/env';
import { cookiesOf } from './cookies';

/** The parts of a request that a sign-in depends on. */
export interface AuthRequest {
  /** Whether the browser uses TLS, to this server or to the proxy in front of it. */
  secure: boolean;
  address: string;
  agent: string | null;
  cookies: ReadonlyMap<string, string>;
}

export function authRequest(request: Request): AuthRequest {
  return {
    secure: isSecure(request),
    address: clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES }),
    agent: request.headers.get('user-agent'),
    cookies: cookiesOf(request.headers.get('cookie')),
  };
}
