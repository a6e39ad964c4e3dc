/** Set by `prepareRequests` on every request, so whatever a client sends under this name is lost. */
export const PEER_HEADER = 'x-kith-peer';

/**
 * The address a request comes from. `X-Forwarded-For` counts only as far as proxies of our own are known to stand in
 * front: each appends the address it saw, so with `trustedProxies` of them the client is that many from the right.
 */
export function clientAddress(request: Request, { trustedProxies }: { trustedProxies: number }): string {
  const peer = request.headers.get(PEER_HEADER) ?? 'unknown';
  if (trustedProxies === 0) return peer;
  const forwarded = (request.headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return forwarded.at(-trustedProxies) ?? forwarded[0] ?? peer;
}
