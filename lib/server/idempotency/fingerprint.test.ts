import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint';

const picture = Uint8Array.from([1, 2, 3]);

test('the same fields give the same, in whatever order', () => {
  expect(fingerprint({ a: 1, b: { c: [true, null] } })).toBe(fingerprint({ b: { c: [true, null] }, a: 1 }));
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
  expect(fingerprint({ image: picture })).toBe(fingerprint({ image: Buffer.from(picture) }));
});

test('different fields give different ones', () => {
  const values = [
    { a: 1 },
    { a: '1' },
    { a: true },
    { a: [1] },
    { a: { a: 1 } },
    { a: null },
    { a: 'ab', b: 'c' },
    { a: 'a', b: 'bc' },
    { a: ['a', 'b'] },
    { a: ['ab'] },
    { image: picture },
    { image: Uint8Array.from([1, 2, 4]) },
    {},
  ];
  expect(new Set(values.map(fingerprint)).size).toBe(values.length);
});
