import { subscribe } from 'node:diagnostics_channel';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { KithError } from '@/lib/shared/contract/errors';
import { failureBody } from './answer';

/** Errors of Node.js's HTTP parser that have a status of their own. All others are 400. */
const PROBLEMS: Record<string, { status: number; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The request line and headers are larger than 16 KB.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'The chunk extensions of the body are larger than 16 KB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request took too long to arrive.' },
};

/**
 * Responds to invalid HTTP as to every other failure; Node.js alone would send an empty body. These channels publish
 * connections and responses before anybody else sees them.
 */
export function answerBrokenRequests(): void {
  const servers = new WeakSet<Server>();
  const responses = new WeakMap<Socket, ServerResponse>();
  subscribe('net.server.socket', (message) => {
    const { server } = (message as { socket: Socket & { server?: Server } }).socket;
    if (!server || servers.has(server)) return;
    servers.add(server);
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      refuse(error, socket as Socket, responses.get(socket as Socket));
    });
  });
  subscribe('http.server.request.start', (message) => {
    const { socket, response } = message as { socket: Socket; response: ServerResponse };
    responses.set(socket, response);
  });
}

function refuse(error: NodeJS.ErrnoException, socket: Socket, response: ServerResponse | undefined): void {
  // Bytes in the middle of another response would be taken for a part of it.
  const answering = response?.headersSent && !response.writableFinished;
  if (error.code === 'ECONNRESET' || !socket.writable || answering) {
    socket.destroy();
    return;
  }
  const { status, message } = PROBLEMS[error.code ?? ''] ?? { status: 400, message: 'This is not valid HTTP/1.1.' };
  const body = JSON.stringify(
    failureBody(new KithError('BAD_REQUEST', message, { status }), { requestId: crypto.randomUUID() }),
  );
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
