import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PEER_HEADER } from '@/lib/server/access/clientAddress';
import { prepareRequests } from './prepareRequests';

let server: Server;

beforeAll(async () => {
  prepareRequests();
  server = createServer((request, response) => {
    if (request.url === '/slow') response.writeHead(200).write('begun ');
    request.resume().on('end', () => {
      if (request.url !== '/slow') response.end(`${request.method} ${request.url} ${request.headers[PEER_HEADER]}`);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What the server sends for these bytes until it hangs up. */
async function say(...pieces: string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

const request = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

describe('prepareRequests', () => {
  test.each([
    ['GET /face?face_id=1', 'GET /face?face_id=1'],
    ['GET /a%20b?c=%zz', 'GET /a%20b?c=%zz'],
    ['GET http://kith.example/api/health?x=1', 'GET /api/health?x=1'],
    ['GET HTTP://169.254.169.254', 'GET /'],
    ['GET http://kith.example?x=1', 'GET /?x=1'],
    ['GET /face/%C3%BC', 'GET /face/%C3%BC'],
    ['GET /face/%zz', 'GET /api/nowhere'],
    ['GET /face/%E0%A4%A', 'GET /api/nowhere'],
    ['OPTIONS *', 'OPTIONS /api/nowhere'],
    ['TRACE /face', 'GET /api/nowhere'],
  ])('%s is led to %s', async (line, expected) => {
    expect((await say(request(line))).split('\r\n\r\n')[1]).toContain(`${expected} 127.0.0.1`);
  });

  test('overwrites a peer that the client made up', async () => {
    expect(await say(request('GET /', `${PEER_HEADER}: 10.0.0.1`))).toContain('GET / 127.0.0.1');
  });
});

describe('answerBrokenRequests', () => {
  test.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01', 400],
    ['a broken chunk', request('POST /', 'Transfer-Encoding: chunked').concat('zz\r\n'), 400],
    ['headers without end', request('GET /', `X-A: ${'b'.repeat(40_000)}`), 431],
  ])('%s is refused as everything else is', async (_what, bytes, status) => {
    const [head = '', body = ''] = (await say(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body)).toMatchObject({
      error_type: 1000,
      error_message: expect.stringMatching(/\w/),
      request_id: expect.stringMatching(/\w/),
    });
  });

  test('never writes into an answer that has begun', async () => {
    const text = await say('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n', 'garbage\r\n\r\n');
    expect(text).toContain('begun');
    expect(text).not.toContain('error_type');
  });
});
