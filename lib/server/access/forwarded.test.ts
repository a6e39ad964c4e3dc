import { describe, expect, test } from 'vitest';
import { type ForwardedHeader, forwarded } from './forwarded';

describe.each<[ForwardedHeader, string, string, string]>([
  ['x-forwarded-for', '6.6.6.6', '9.9.9.9', '10.0.0.2'],
  ['x-forwarded-host', 'evil.example', 'kith.example', 'inner.local'],
  ['x-forwarded-proto', 'https', 'http', 'http'],
])('%s', (name, forged, seen, inner) => {
  const value = (text: string | null, trustedProxies: number) =>
    forwarded(new Request('http://kith.test', { headers: text === null ? {} : { [name]: text } }), name, {
      trustedProxies,
    });

  test('is nothing without proxies of our own', () => {
    expect(value(seen, 0)).toBeNull();
  });

  test('of one proxy that overwrites or appends is what it saw', () => {
    expect(value(seen, 1)).toBe(seen);
    expect(value(`${forged}, ${seen}`, 1)).toBe(seen);
  });

  test('of two proxies is what the outer one saw', () => {
    expect(value(`${forged}, ${seen}, ${inner}`, 2)).toBe(seen);
    expect(value(`${seen},${inner}`, 2)).toBe(seen);
    expect(value(seen, 2)).toBe(seen);
  });

  test('missing or empty is nothing', () => {
    expect(value(null, 1)).toBeNull();
    expect(value(' , ', 1)).toBeNull();
  });
});
