/** What proxies say about a request, in headers that anybody can send too. */
export type ForwardedHeader = 'x-forwarded-for' | 'x-forwarded-host' | 'x-forwarded-proto';

/**
 * What the outermost of our own proxies says about a request; null without proxies of our own, or where they say nothing.
 * Each proxy appends what it saw, so with `trustedProxies` of them the value is that many from the right: what is further
 * left came with the request. A proxy that overwrites the header leaves a single value.
 */
export function forwarded(
  request: Request,
  name: ForwardedHeader,
  { trustedProxies }: { trustedProxies: number },
): string | null {
  if (trustedProxies === 0) return null;
  const values = (request.headers.get(name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return values.at(-trustedProxies) ?? values[0] ?? null;
}
