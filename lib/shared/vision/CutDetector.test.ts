import { expect, test } from 'vitest';
import { CutDetector } from './CutDetector';

/** A scene of two tones, a block of the second at the left. */
function scene({ block = 20, brighter = 0, gain = 1 } = {}) {
  const [width, height] = [96, 72];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.fill((x < block ? 120 : 40) * gain + brighter, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return { data, width, height, channels: 3 as const };
}

test('another scene is a cut; a first frame, something that moves and a lamp that is switched on are none', () => {
  const cuts = new CutDetector();
  expect(cuts.isCut(scene())).toBe(false);
  expect(cuts.isCut(scene({ block: 28 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 28, brighter: 70 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 28, gain: 2 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 70 }))).toBe(true);
  expect(cuts.isCut(scene({ block: 70 }))).toBe(false);
});
