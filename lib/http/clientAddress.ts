import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { processWide } from '@/lib/server/processWide';

/** Set by the server itself on every request, so whatever a client sends under this name is lost. */
const PEER_HEADER = 'x-kith-peer';

/**
 * Makes the address of a request's socket known to route handlers, which Next does not tell. Node publishes each
 * request on this channel before any listener sees it.
 */
export function recordPeerAddresses(): void {
  processWide('peerAddresses', () => {
    subscribe('http.server.request.start', (message) => {
      const { request } = message as { request: IncomingMessage };
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? 'unknown';
    });
    return true;
  });
}

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
