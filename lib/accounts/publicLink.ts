import { env } from '@/lib/env';
import { linkPath } from './links';

/** The address of a link, as whoever gets it can open it: PUBLIC_URL's origin, else the one this request came to. */
export function publicLink(request: Request, token: string): string {
  return `${publicOrigin(request)}${linkPath(token)}`;
}

export function publicOrigin(request: Request): string {
  const { PUBLIC_URL } = env();
  if (PUBLIC_URL) return PUBLIC_URL;
  const protocol = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return host ? `${protocol}://${host}` : new URL(request.url).origin;
}
