import { env } from '@/lib/env';

/**
 * The origin under which the caller reached this server: PUBLIC_URL where it is set, else what the request was
 * addressed to. `X-Forwarded-*` count only where proxies of our own are known to stand in front.
 */
export function originOf(request: Request): string {
  const { PUBLIC_URL, TRUSTED_PROXIES } = env();
  if (PUBLIC_URL !== undefined) return new URL(PUBLIC_URL).origin;
  const { protocol, host } = new URL(request.url);
  const forwarded = (name: string) =>
    TRUSTED_PROXIES > 0 ? request.headers.get(name)?.split(',').at(0)?.trim() || null : null;
  const scheme = forwarded('x-forwarded-proto') ?? protocol.replace(':', '');
  return `${scheme}://${forwarded('x-forwarded-host') ?? request.headers.get('host') ?? host}`;
}
