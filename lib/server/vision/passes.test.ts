import { describe, expect, test } from 'vitest';
import { planPasses } from './passes';

const count = (width: number, height: number) =>
  planPasses({ width, height }).reduce((sum, { tiles }) => sum + tiles.length, 0);

describe('planPasses', () => {
  test.each([
    [1, 1],
    [320, 240],
    [4000, 3000],
    [1, 65_000],
    [9000, 700],
  ])('covers a picture of %i × %i in every pass', (width, height) => {
    for (const pass of planPasses({ width, height })) {
      expect(Math.min(pass.width, pass.height)).toBeGreaterThanOrEqual(1);
      for (const side of ['width', 'height'] as const) {
        const start = side === 'width' ? 'left' : 'top';
        expect(Math.min(...pass.tiles.map((tile) => tile[start]))).toBeLessThanOrEqual(0);
        expect(Math.max(...pass.tiles.map((tile) => tile[start] + tile[side]))).toBeGreaterThanOrEqual(pass[side]);
      }
    }
  });

  test('looks closely enough for small faces, also in the largest photograph', () => {
    expect(planPasses({ width: 7700, height: 7700 })[0]).toMatchObject({ width: 4620, height: 4620, scale: 0.6 });
    expect(planPasses({ width: 20_000, height: 3000 })[0]).toMatchObject({ width: 12_000, scale: 0.6 });
  });

  test('leaves large faces to the smallest copy, down to which each is at most four times as large as the next', () => {
    for (const width of [100, 540, 600, 1_500, 1_610, 4_000]) {
      const passes = planPasses({ width, height: 0.75 * width });
      expect(passes.map(({ reach }) => reach)).toEqual([...passes.slice(1).map(() => 'small'), 'all']);
      // Up to 960 pixels, the fine copy comes right above the middle one; a larger one has another between.
      for (const [i, { scale }] of passes.slice(1).entries()) {
        const finer = passes[i]?.scale ?? 0;
        if (i > 0 || width < 2_000) expect(finer / scale).toBeLessThan(4);
      }
    }
  });

  test('gives no shape of picture more tiles than memory has room for', () => {
    for (const [width, height] of [
      [60_000_000, 1],
      [1, 60_000_000],
      [3_750_000, 16],
      [600_000, 100],
    ] as const) {
      expect(count(width, height)).toBeLessThan(120);
    }
    expect(count(7746, 7746)).toBeLessThan(120);
  });
});
