import { expect, test } from 'vitest';
import { decodeRfb } from './rfb';

/** Maps of a network that sees nothing, in a picture of 128 × 64 pixels. */
function emptyMaps() {
  return [8, 16, 32, 64].map((stride, level) => {
    const [rows, columns, anchors] = [64 / stride, 128 / stride, [3, 2, 2, 3][level] ?? 0];
    const cells = rows * columns;
    return {
      rows,
      columns,
      logits: new Float32Array(anchors * cells).fill(-9),
      boxes: new Float32Array(anchors * 4 * cells),
    };
  });
}

test('an anchor without offsets is the square around the middle of its cell', () => {
  const maps = emptyMaps();
  // Stride 16: row 1, column 3 of 8, the second anchor, 48 pixels.
  const [, map] = maps;
  if (map) map.logits[32 + 8 + 3] = Math.log(9);
  expect(decodeRfb(maps)).toEqual([{ left: 32, top: 0, right: 80, bottom: 48, score: expect.closeTo(0.9) }]);
});

test('offsets are tenths of the anchor, and sizes exponents of fifths', () => {
  const maps = emptyMaps();
  const map = maps[3];
  const cells = 2;
  if (map) {
    // Stride 64: column 1, the first anchor, 128 pixels.
    map.logits[1] = 3;
    [1, -1, 5 * Math.log(0.5), 5 * Math.log(0.25)].forEach((code, i) => {
      map.boxes[i * cells + 1] = code;
    });
  }
  const [box] = decodeRfb(maps);
  expect(box?.left).toBeCloseTo(96 + 12.8 - 32, 3);
  expect(box?.right).toBeCloseTo(96 + 12.8 + 32, 3);
  expect(box?.top).toBeCloseTo(32 - 12.8 - 16, 3);
  expect(box?.bottom).toBeCloseTo(32 - 12.8 + 16, 3);
});

test('of boxes on one face the best remains; doubtful ones are kept, unlikely ones not', () => {
  const maps = emptyMaps();
  const [fine] = maps;
  const cells = 8 * 16;
  if (fine) {
    // The largest anchor, 24 pixels: two neighbours on one face, one far away, one that is unlikely.
    fine.logits[2 * cells + 16 + 2] = 2;
    fine.logits[2 * cells + 16 + 3] = 4;
    fine.logits[2 * cells + 5 * 16 + 12] = 0;
    fine.logits[2 * cells + 5 * 16 + 2] = -2;
  }
  expect(decodeRfb(maps).map(({ left, top, score }) => [left, top, Number(score.toFixed(2))])).toEqual([
    [16, 0, 0.98],
    [88, 32, 0.5],
  ]);
});
