import { hostsOf } from './origin';

/**
 * Who caused a request, as the browser says: a page of this server, a person by the address bar or a bookmark, or a page
 * of another site. `unknown` where it says nothing (no browser, or one that was not asked over TLS or on localhost).
 */
export type RequestSource = 'own page' | 'person' | 'other site' | 'unknown';

/**
 * `Sec-Fetch-Site` where there is one (W3C Fetch Metadata), else `Origin` or `Referer` against the hosts of this server.
 * A sibling on another port or subdomain (`same-site`) is another site: it is not this server's.
 */
export function sourceOf(request: Request): RequestSource {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' ? 'own page' : site === 'none' ? 'person' : 'other site';
  const from = request.headers.get('origin') ?? request.headers.get('referer');
  if (from === null) return 'unknown';
  return URL.canParse(from) && hostsOf(request).includes(new URL(from).host) ? 'own page' : 'other site';
}
