import ipaddr from 'ipaddr.js';
import { env } from '@/lib/server/platform/env';
import { type ForwardedHeader, forwarded } from './forwarded';

/** A name or address with an optional port, and nothing else (RFC 3986, section 3.2.2). */
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i;

/**
 * What our own proxies say, in lower case. Without such proxies `prepareRequests` removes these headers, and Next and
 * next-auth see none either.
 */
const proxied = (request: Request, name: ForwardedHeader): string | null =>
  forwarded(request, name, { trustedProxies: env().TRUSTED_PROXIES })?.toLowerCase() ?? null;

/** The `Host` that the request was sent to; null when it is missing or no host. Anybody can send any. */
function sentTo(request: Request): string | null {
  const host = request.headers.get('host')?.toLowerCase() ?? new URL(request.url).host;
  return HOST.test(host) ? host : null;
}

/** The host and scheme of PUBLIC_URL, where it is set. */
function published(): URL | null {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL);
}

/** The names under which a browser may have reached this server, each with its port unless that is the usual one. */
export function hostsOf(request: Request): string[] {
  return [sentTo(request), proxied(request, 'x-forwarded-host'), published()?.host].filter(
    (host): host is string => typeof host === 'string',
  );
}

/** Whether the browser speaks TLS: a trusted proxy says so, or PUBLIC_URL is https and its host the one that was asked. */
export function isSecure(request: Request): boolean {
  if (proxied(request, 'x-forwarded-proto') === 'https') return true;
  const own = published();
  return own?.protocol === 'https:' && [sentTo(request), proxied(request, 'x-forwarded-host')].includes(own.host);
}

/**
 * The address of a path of this server, for somebody else to open: under PUBLIC_URL, else under the host that a trusted
 * proxy names, else under the one the request was sent to when that is an IP address or `localhost`. Any other `Host`
 * is only what the caller wrote: the path alone is returned then.
 */
export function addressOf(request: Request, path: string): string {
  const own = published();
  if (own !== null) return `${own.origin}${path}`;
  const scheme = isSecure(request) ? 'https' : 'http';
  const proxy = proxied(request, 'x-forwarded-host');
  if (proxy !== null && HOST.test(proxy)) return `${scheme}://${proxy}${path}`;
  const host = sentTo(request);
  return host !== null && isAddress(host) ? `${scheme}://${host}${path}` : path;
}

/** An IP address, or a name that only ever means this machine (RFC 6761 section 6.3). */
function isAddress(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || ipaddr.isValid(name);
}
