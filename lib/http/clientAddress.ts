import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { processWide } from '@/lib/server/processWide';

/** Set by the server itself on every request, so whatever a client sends under this name is lost. */
const PEER_HEADER = 'x-kith-peer';

/** A path whose percent-encoding is broken makes Next answer 500; sent here instead, it is simply not found. */
const UNDECODABLE = '/api/undecodable-path';

/**
 * Sees each request before Next does (Node publishes it on this channel before any listener is called): makes the
 * address of its socket known to route handlers, which Next does not tell, and leads broken paths to a proper answer.
 */
export function prepareRequests(): void {
  processWide('preparedRequests', () => {
    subscribe('http.server.request.start', (message) => {
      const { request } = message as { request: IncomingMessage };
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? 'unknown';
      if (!isDecodable(request.url ?? '/')) request.url = UNDECODABLE;
    });
    return true;
  });
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
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
