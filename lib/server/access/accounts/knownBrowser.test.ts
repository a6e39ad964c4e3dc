import { beforeAll, expect, test, vi } from 'vitest';
import { cookiesOf } from './cookies';
import { knownBrowserCookie, knownBrowserNonce } from './knownBrowser';

beforeAll(() => {
  vi.stubEnv('AUTH_SECRET', 'a secret of this test alone');
});

const ada = { id: 7, passwordHash: '$argon2id$one' };
const NOW = new Date('2026-05-01T08:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3_600_000);
const sent = (setCookie: string) => cookiesOf(setCookie.split(';')[0] ?? '');
const cookie = (user = ada, secure = false) => knownBrowserCookie(user, { secure, now: NOW });

test('a browser is known to the account it signed in to, until the password changes or half a year is over', () => {
  const cookies = sent(cookie());
  expect(knownBrowserNonce(ada, cookies, NOW)).toMatch(/^[\w-]{22}$/);
  expect(knownBrowserNonce(ada, sent(cookie()), NOW)).not.toBe(knownBrowserNonce(ada, cookies, NOW));
  expect(knownBrowserNonce(ada, cookies, later(179))).not.toBeNull();
  expect(knownBrowserNonce(ada, cookies, later(181))).toBeNull();
  expect(knownBrowserNonce(ada, cookies, later(-1)), 'made while a clock ran ahead').toBeNull();
  expect(knownBrowserNonce({ ...ada, passwordHash: '$argon2id$two' }, cookies, NOW)).toBeNull();
});

test('nobody makes one, nor takes one for another account', () => {
  const [, value = ''] = cookie().split(/[=;]/);
  expect(knownBrowserNonce({ ...ada, id: 8 }, new Map([['kith-browser-8', value]]), NOW)).toBeNull();
  const [issued, nonce, signature] = value.split('.');
  const wrong = [
    `${issued}.${nonce}.`,
    `${issued}.${nonce}`,
    `${issued}.other.${signature}`,
    `9${issued}.${nonce}.${signature}`,
  ];
  for (const text of [...wrong, '', '..', `${issued}.${nonce}.${'A'.repeat(43)}`]) {
    expect(knownBrowserNonce(ada, new Map([['kith-browser-7', text]]), NOW), text).toBeNull();
  }
});

test('no script and no other site reads it, and over TLS it goes over TLS alone', () => {
  expect(cookie()).toMatch(/^kith-browser-7=[^;]+; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict$/);
  expect(cookie(ada, true)).toMatch(/^__Host-kith-browser-7=[^;]+; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/);
  expect(knownBrowserNonce(ada, sent(cookie(ada, true)), NOW)).not.toBeNull();
});
