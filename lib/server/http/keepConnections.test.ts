import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, test } from 'vitest';
import { HEADERS_MS, KEEP_ALIVE_MS, keepConnections } from './keepConnections';

const read = (name: string) => readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

test('the first connection already stays open for as long as it should', async () => {
  keepConnections();
  const server = createServer((_, response) => response.end('yes'));
  const lock = createTcpServer((socket) => socket.end('no'));
  await Promise.all([server, lock].map((each) => new Promise<void>((done) => each.listen(0, '127.0.0.1', done))));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  // Node tells clients in whole seconds.
  expect(response.headers.get('keep-alive')).toBe(`timeout=${KEEP_ALIVE_MS / 1000}`);
  expect(server.headersTimeout).toBe(HEADERS_MS);
  await fetch(`http://127.0.0.1:${(lock.address() as AddressInfo).port}`).catch(() => undefined);
  expect(lock).not.toHaveProperty('keepAliveTimeout');
  server.closeAllConnections();
  server.close();
  lock.close();
});

test('the sample proxies let go of a connection first', async () => {
  for (const [file, setting] of [
    ['operations/nginx.conf', /^ {2}keepalive_timeout (\d+)s;/m],
    ['operations/Caddyfile', /^\t+keepalive (\d+)s$/m],
  ] as const) {
    const seconds = Number(setting.exec(await read(file))?.[1]);
    expect(seconds, file).toBeGreaterThan(0);
    expect(seconds * 1000, file).toBeLessThan(KEEP_ALIVE_MS);
  }
  expect(await read('operations.md')).toContain(`after less than ${KEEP_ALIVE_MS / 1000} seconds`);
  expect(HEADERS_MS).toBeGreaterThan(KEEP_ALIVE_MS);
});
