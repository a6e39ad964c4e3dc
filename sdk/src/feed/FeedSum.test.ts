import { expect, test } from 'vitest';
import { seededRandom } from '../testing/encodings.ts';
import { FeedSum } from './FeedSum.ts';

const sumOf = (rows: [number, number][]) => {
  const sum = new FeedSum();
  for (const [faceId, updatedAt] of rows) sum.add(faceId, updatedAt);
  return sum.summary;
};
const START = 1_780_000_000_000;
const rows = Array.from({ length: 1_000 }, (_, i): [number, number] => [i + 1, START + 3 * i]);

test('does not depend on the order, and is the sum of parts', () => {
  expect(sumOf([])).toEqual({ count: 0, checksum: '00000000000000' });
  const whole = sumOf(rows);
  expect(sumOf(rows.toReversed())).toEqual(whole);
  const parts = new FeedSum();
  for (const part of [rows.slice(0, 300), rows.slice(300)]) {
    const sum = new FeedSum();
    for (const row of part) sum.add(...row);
    parts.addSums(...sum.sums);
  }
  expect(parts.summary).toEqual(whole);
});

test('any small difference shows: one lost, one more, a number changed, two exchanged, the largest numbers', () => {
  const random = seededRandom(9);
  const seen = new Set([sumOf(rows).checksum]);
  const at = () => Math.floor(random() * rows.length);
  let variants = 0;
  const expectNew = (changed: [number, number][]) => {
    variants++;
    seen.add(sumOf(changed).checksum);
  };
  for (let i = 0; i < rows.length; i += 7) expectNew(rows.toSpliced(i, 1));
  for (let i = 1; i <= 200; i++) {
    expectNew([...rows, [1_000 + i, START + 3_000]]);
    const [faceId] = rows[at()] as [number, number];
    expectNew([...rows.filter(([id]) => id !== faceId), [faceId, START + 9_000 + i]]);
  }
  for (let i = 0; i + 1 < rows.length; i += 9) {
    const [[a, m], [b, n]] = [rows[i], rows[i + 1]] as [[number, number], [number, number]];
    expectNew(rows.toSpliced(i, 2, [a, n], [b, m]));
  }
  expectNew([[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]]);
  expectNew([[Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER]]);
  expect(seen.size).toBe(variants + 1);
});
