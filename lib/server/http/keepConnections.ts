import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How long an idle connection stays open, in milliseconds. Longer than those of proxies (nginx and AWS 60 s, Traefik 90
 * s). Otherwise a proxy sends a request while this end closes, and its caller gets ECONNRESET. The default of Node.js
 * is 5 s.
 */
export const KEEP_ALIVE_MS = 95_000;

/**
 * Longest time for a request's head, in milliseconds. Above the other limit, because some versions of Node.js count
 * idle time too.
 */
export const HEADERS_MS = 100_000;

/**
 * Sets how long connections stay open, on each HTTP server of this process. Next creates the server in one of three
 * ways (`next start`, `server.js` of an image, a function), and only the first has an option. Node.js publishes a
 * server's first connection before it reads from it.
 */
export function keepConnections(): void {
  subscribe('net.server.socket', (message) => {
    const { server } = (message as { socket: Socket & { server?: Partial<Server> } }).socket;
    // Other servers of the process do not have this property.
    if (server?.keepAliveTimeout === undefined || server.keepAliveTimeout >= KEEP_ALIVE_MS) return;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = HEADERS_MS;
  });
}
