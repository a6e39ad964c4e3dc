import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How long an idle connection stays open, ms. Longer than proxies keep theirs (nginx and AWS 60 s, Traefik 90 s): else
 * one sends a request just when this end closes, and its caller gets ECONNRESET. Node's own is 5 s.
 */
export const KEEP_ALIVE_MS = 95_000;

/** How long a request's head may take, ms. Above the other: some versions of Node.js count idle time too. */
export const HEADERS_MS = 100_000;

/**
 * Sets how long connections stay open, on each HTTP server of this process. Next makes the server, in one of three ways
 * (`next start`, `server.js` of an image, a function), and only the first has an option; Node tells of a server's first
 * connection before anything has been read from it.
 */
export function keepConnections(): void {
  subscribe('net.server.socket', (message) => {
    const { server } = (message as { socket: Socket & { server?: Partial<Server> } }).socket;
    // Other servers of the process have no such setting.
    if (server?.keepAliveTimeout === undefined || server.keepAliveTimeout >= KEEP_ALIVE_MS) return;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = HEADERS_MS;
  });
}
