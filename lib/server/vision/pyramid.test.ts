import { describe, expect, test } from 'vitest';
import { pyramidLevels } from './pyramid';

const count = (width: number, height: number) =>
  pyramidLevels({ width, height }).reduce((sum, { tiles }) => sum + tiles.length, 0);

describe('pyramidLevels', () => {
  test.each([
    [1, 1],
    [320, 240],
    [4000, 3000],
    [1, 65_000],
    [9000, 700],
  ])('covers a picture of %i × %i in every level', (width, height) => {
    for (const level of pyramidLevels({ width, height })) {
      expect(Math.min(level.width, level.height)).toBeGreaterThanOrEqual(1);
      for (const side of ['width', 'height'] as const) {
        const start = side === 'width' ? 'left' : 'top';
        expect(Math.min(...level.tiles.map((tile) => tile[start]))).toBeLessThanOrEqual(0);
        expect(Math.max(...level.tiles.map((tile) => tile[start] + tile[side]))).toBeGreaterThanOrEqual(level[side]);
      }
    }
  });

  test('keeps enough resolution for small faces, also in the largest photograph', () => {
    expect(pyramidLevels({ width: 7700, height: 7700 })[0]).toMatchObject({ width: 4620, height: 4620, scale: 0.6 });
    expect(pyramidLevels({ width: 20_000, height: 3000 })[0]).toMatchObject({ width: 12_000, scale: 0.6 });
  });

  test('searches large faces in the smallest copy; each copy is at most four times as large as the next', () => {
    for (const width of [100, 540, 600, 1_500, 1_610, 4_000]) {
      const levels = pyramidLevels({ width, height: 0.75 * width });
      expect(levels.map(({ ssdLevels }) => ssdLevels)).toEqual([
        ...levels.slice(1).map(() => 'firstLevel'),
        'allLevels',
      ]);
      // Up to 960 pixels, the fine copy follows the middle one directly; a larger picture has another level in between.
      for (const [i, { scale }] of levels.slice(1).entries()) {
        const finer = levels[i]?.scale ?? 0;
        if (i > 0 || width < 2_000) expect(finer / scale).toBeLessThan(4);
      }
    }
  });

  test('bounds the number of tiles for any shape of picture', () => {
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
