import { expect, test } from 'vitest';
import { decodeDataUrl } from './dataUrl';
import { refuseBase64 } from './refuseBase64';

const bytes = Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 89) % 256));

test.each([
  ['bare', bytes.toString('base64'), 'looks like base64'],
  ['bare, for URLs', bytes.toString('base64url'), 'looks like base64'],
  ['bare, in lines', bytes.toString('base64').replaceAll(/.{76}/g, '$&\n'), 'looks like base64'],
  ['without data:', `image/png;base64,${bytes.toString('base64')}`, 'Put data: before it'],
  ['without data:, in capitals', ` IMAGE/JPEG;base64,AAAA`, 'Put data: before it'],
])('base64 %s is told what to put before it', (_, url, words) => {
  expect(() => refuseBase64(url)).toThrow(words);
});

test.each([
  'https://a.test/b.jpg',
  `http://${'a'.repeat(60)}.${'b'.repeat(60)}.test/x`,
  `https://a.test/${'A'.repeat(5_000)}`,
  `data:image/png;base64,${bytes.toString('base64')}`,
  'data:,x',
  '/b.jpg',
  'ftp://a.test/b',
])('%.60s is not taken for base64', (url) => {
  expect(() => refuseBase64(url)).not.toThrow();
});

test('the alphabet for URLs is named', () => {
  const url = `data:image/png;base64,${Buffer.from([0xfb, 0xff, 0xfe]).toString('base64url')}`;
  expect(() => decodeDataUrl({ url, maxBytes: 100 })).toThrow('alphabet for URLs');
});
