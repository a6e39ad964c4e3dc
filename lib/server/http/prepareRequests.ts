import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PEER_HEADER } from '@/lib/server/access/clientAddress';
import { env } from '@/lib/server/platform/env';
import { processWide } from '@/lib/server/platform/processWide';
import { answerBrokenRequests } from './answerBrokenRequests';
import { keepConnections } from './keepConnections';

/** Answered by the catch-all route: there is nothing at this path. */
const NOWHERE = '/api/nowhere';

/**
 * What proxies say about the client. Without a trusted proxy it is the client's own word; Next and next-auth would
 * believe it, so it is removed before they see it.
 */
const FORWARDED = ['forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-for'];

/** What Node publishes when it has read a request's head, before any listener is called. */
interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
  server: Server;
}

/**
 * Sees each request before Next does: makes the address of its socket known to route handlers, which Next does not
 * tell, and leads what Next would answer with 500 or a redirect elsewhere to a proper answer.
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
      // Next makes a Fetch request of each, which has no TRACE (https://fetch.spec.whatwg.org/#forbidden-method).
      if (request.method === 'TRACE') {
        request.method = 'GET';
        request.url = NOWHERE;
      }
    });
    return true;
  });
}

/** A request's target as a path that can be decoded (RFC 9112, section 3.2). */
function originForm(target: string): string {
  // Clients of proxies name the host too, which a server must accept.
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  if (path === '' || path.startsWith('?')) return `/${path}`;
  // `OPTIONS *`, and what no path looks like.
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
