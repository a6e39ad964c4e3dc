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

  test('shows every face whole and at a size that the detector finds', () => {
    for (const [width, height] of [
      [100, 75],
      [427, 640],
      [540, 405],
      [1_920, 1_080],
      [4_000, 3_000],
      [7_700, 7_700],
    ] as const) {
      const levels = pyramidLevels({ width, height });
      for (let face = 24; face <= Math.min(width, height); face *= 1.1) {
        const shown = levels.filter(({ scale, maxFaceWidth, tiles }) => {
          // A tile may end anywhere, unless it is the only one.
          const whole = tiles.length === 1 || face * scale <= 64;
          return face * scale >= 8 && face * scale <= Math.min(maxFaceWidth, 200) && whole;
        });
        expect(shown.length, `${face} in ${width} × ${height}`).toBeGreaterThan(0);
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
      expect(count(width, height)).toBeLessThan(400);
    }
    expect(count(7746, 7746)).toBeLessThan(400);
  });
});
