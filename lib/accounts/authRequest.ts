import { env } from '@/lib/env';
import type { AuthRequest } from './authOptions';

/** Reads what a sign-in depends on from the headers; Next sets `x-forwarded-*` itself when no proxy did. */
export function authRequest(headers: Headers): AuthRequest {
  const first = (name: string) => headers.get(name)?.split(',')[0]?.trim() || null;
  const protocol = first('x-forwarded-proto') ?? (env().PUBLIC_URL?.startsWith('https:') ? 'https' : 'http');
  return {
    secure: protocol === 'https',
    address: first('x-forwarded-for') ?? 'unknown',
    agent: headers.get('user-agent'),
  };
}
