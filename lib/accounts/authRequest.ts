import { env } from '@/lib/env';
import { clientAddress } from '@/lib/http/clientAddress';
import type { AuthRequest } from './authOptions';

/** Reads what a sign-in depends on from a request; Next sets `x-forwarded-proto` itself when no proxy did. */
export function authRequest(request: Request): AuthRequest {
  const { PUBLIC_URL, TRUSTED_PROXIES } = env();
  const protocol = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return {
    secure: protocol === 'https' || (protocol === undefined && PUBLIC_URL?.startsWith('https:') === true),
    address: clientAddress(request, { trustedProxies: TRUSTED_PROXIES }),
    agent: request.headers.get('user-agent'),
  };
}
