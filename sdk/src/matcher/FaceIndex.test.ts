import { expect, test } from 'vitest';
import { seededRandom } from '../testing/encodings.ts';
import { FaceIndex } from './FaceIndex.ts';

/** Ids that collide in the table, small ones and ones beyond 2^32. */
const pools: [string, (random: () => number) => number][] = [
  ['small', (random) => 1 + Math.floor(random() * 3000)],
  ['beyond 32 bits', (random) => 2 ** 52 + Math.floor(random() * 3000)],
  ['alike in their low 32 bits', (random) => 1 + Math.floor(random() * 2000) * 2 ** 32],
];

test.each(pools)('equals a Map after many additions, moves and removals: %s ids', (_, pick) => {
  const random = seededRandom(7);
  const ids: number[] = [];
  const index = new FaceIndex((slot) => ids[slot] as number);
  const expected = new Map<number, number>();
  for (let step = 0; step < 30_000; step++) {
    const id = pick(random);
    // More additions at first, so that the table grows; then more removals, so that it empties.
    if (random() < (step < 15_000 ? 0.7 : 0.3)) {
      const slot = ids.push(id) - 1;
      index.set(id, slot);
      expected.set(id, slot);
    } else if (expected.has(id)) {
      index.delete(id);
      expected.delete(id);
    }
    if (step % 1000 === 0) for (const [key, slot] of expected) expect(index.get(key)).toBe(slot);
    const other = pick(random);
    expect(index.get(other)).toBe(expected.get(other) ?? -1);
  }
});

test('uses five to eight bytes per face', () => {
  const ids: number[] = [];
  const index = new FaceIndex((slot) => ids[slot] as number);
  for (let id = 1; id <= 50_000; id++) {
    index.set(id, ids.push(id) - 1);
    if (id > 1000) {
      expect(index.bytes / id).toBeGreaterThanOrEqual(5);
      expect(index.bytes / id).toBeLessThan(8);
    }
  }
});
