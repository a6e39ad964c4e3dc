import { describe, expect, test } from 'vitest';
import { safePath } from './safePath';

describe('a path to go to next', () => {
  test.each([
    '/',
    '/people',
    '/people/7?tab=samples#top',
    '/events?person=7&from=2026-05-01',
    '/people/Jos%C3%A9',
    '/a%20b',
  ])('%s is taken as it is', (path) => expect(safePath(path)).toBe(path));

  test('a full address in the query is only text', () => {
    expect(safePath('/login?next=https://evil.example')).toBe('/login?next=https://evil.example');
  });

  test.each([
    undefined,
    null,
    '',
    ['/people', '/keys'],
    'people',
    'https://evil.example/n',
    'javascript:alert(1)',
    '//evil.example/n',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example/n',
    '/\n/evil.example/n',
    '/\r\nLocation: https://evil.example',
    '\t//evil.example',
    '/%09/evil.example/n',
    '/%0a/evil.example',
    '/%2f/evil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/%255cevil.example',
    '/%252fevil.example',
    '/people/..//evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/people?x=\n',
    '/%',
    '/%e0%a4',
    '/\u0000',
  ])('%j leads home', (path) => expect(safePath(path)).toBe('/'));

  test('what is left leads to this site, wherever it is', () => {
    const pieces = [
      '/',
      '\\',
      '\t',
      '\n',
      '..',
      '.',
      '%2f',
      '%5c',
      '%09',
      '%2e',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      ' ',
    ];
    for (let first = 0; first < pieces.length ** 3; first++) {
      const target = `/${[first % 16, Math.floor(first / 16) % 16, Math.floor(first / 256)].map((n) => pieces[n]).join('')}/n`;
      const path = safePath(target);
      for (const base of ['http://localhost:3000/login', 'https://kith.example.com/login?next=x']) {
        expect(new URL(path, base).origin, JSON.stringify(target)).toBe(new URL(base).origin);
      }
      expect(safePath(path), 'twice is once').toBe(path);
    }
  });
});
