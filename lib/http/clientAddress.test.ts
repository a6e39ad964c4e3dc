import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientAddress, prepareRequests } from './clientAddress';

const request = (headers: Record<string, string>) => new Request('http://kith.test/', { headers });

describe('clientAddress', () => {
  const headers = { 'x-kith-peer': '10.0.0.1', 'x-forwarded-for': '6.6.6.6, 198.51.100.7, 10.0.0.2' };

  test('is that of the socket when no proxy stands in front, whatever the headers say', () => {
    expect(clientAddress(request(headers), { trustedProxies: 0 })).toBe('10.0.0.1');
  });

  test.each([
    [1, '10.0.0.2'],
    [2, '198.51.100.7'],
    // More than there are: the furthest that is known.
    [9, '6.6.6.6'],
  ])('with %i proxies it is that many from the right', (trustedProxies, expected) => {
    expect(clientAddress(request(headers), { trustedProxies })).toBe(expected);
  });

  test('falls back on the socket', () => {
    expect(clientAddress(request({ 'x-kith-peer': '10.0.0.1' }), { trustedProxies: 1 })).toBe('10.0.0.1');
  });
});

describe('prepareRequests', () => {
  /** What a server sees of a request. */
  const seen = async (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> => {
    prepareRequests();
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const arrived = once(server, 'request');
    get({ host: '127.0.0.1', port, path, headers }, (response) => response.resume());
    const [message] = await arrived;
    server.close();
    return message;
  };

  test('tells the address of the socket, over what a client claims', async () => {
    const { headers } = await seen('/', { 'x-kith-peer': '6.6.6.6' });
    expect(headers['x-kith-peer']).toBe('127.0.0.1');
  });

  test.each([
    ['/face?x=%E0', '/face?x=%E0'],
    ['/face/%C3%BC', '/face/%C3%BC'],
    ['/face/%E0%A4%A', '/api/undecodable-path'],
    ['/%', '/api/undecodable-path'],
  ])('%s goes to %s', async (path, expected) => {
    expect((await seen(path)).url).toBe(expected);
  });
});
