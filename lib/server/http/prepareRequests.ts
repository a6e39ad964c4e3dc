import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PEER_HEADER } from '@/lib/server/access/clientAddress';
import { env } from '@/lib/server/platform/env';
import { processWide } from '@/lib/server/platform/processWide';
import { answerBrokenRequests } from './answerBrokenRequests';
import { keepConnections } from './keepConnections';

/** A path that does not exist, so that the catch-all route responds. */
const NOWHERE = '/api/nowhere';

/**
 * Headers in which proxies describe the client. Without a trusted proxy the client itself wrote them. Next and
 * next-auth would trust them, so they are removed first.
 */
const FORWARDED = ['forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-for'];

/** Channel on which Node.js publishes a request after reading its head, before any listener runs. */
interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
  server: Server;
}

/**
 * Handles each request before Next does. It makes the address of the socket available to route handlers, which Next
 * does not. It also redirects requests to which Next would respond with 500 or with a redirect to another site.
 */
export function prepareRequests(): void {
  processWide('preparedRequests', () => {
    const untrusted = env().TRUSTED_PROXIES === 0;
    answerBrokenRequests();
    keepConnections();
    subscribe('http.server.request.start', (message) => {
      const { request } = message as RequestStart;
      if (untrusted) for (const name of FORWARDED) delete request.headers[name];
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? 'unknown';
      request.url = originForm(request.url ?? '/');
      // Next makes a Fetch request of each, and Fetch has no TRACE (https://fetch.spec.whatwg.org/#forbidden-method).
      if (request.method === 'TRACE') {
        request.method = 'GET';
        request.url = NOWHERE;
      }
    });
    return true;
  });
}

/** Returns a request's target as a path that can be decoded (RFC 9112, section 3.2). */
function originForm(target: string): string {
  // Clients of proxies send an absolute URL, which a server must accept.
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  if (path === '' || path.startsWith('?')) return `/${path}`;
  // `OPTIONS *`, and anything that is no path.
  if (!path.startsWith('/')) return NOWHERE;
  return isDecodable(path) ? path : NOWHERE;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
