import { forwarded } from './forwarded';

/** Set by `prepareRequests` on every request, so whatever a client sends under this name is lost. */
export const PEER_HEADER = 'x-kith-peer';

/** The address a request comes from: what our own proxies say, else the socket's. */
export function clientAddress(request: Request, { trustedProxies }: { trustedProxies: number }): string {
  const peer = request.headers.get(PEER_HEADER) ?? 'unknown';
  return forwarded(request, 'x-forwarded-for', { trustedProxies }) ?? peer;
}
