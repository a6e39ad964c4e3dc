import { describe, expect, test } from 'vitest';
import { clientAddress } from './clientAddress';

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
