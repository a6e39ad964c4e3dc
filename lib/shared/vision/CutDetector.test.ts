import { expect, test } from 'vitest';
import { CutDetector } from './CutDetector';
import { scene } from './testing/scene';

test('another scene is a cut; a first frame, something that moves and a lamp that is switched on are none', () => {
  const cuts = new CutDetector();
  expect(cuts.isCut(scene())).toBe(false);
  expect(cuts.isCut(scene({ block: 28 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 28, brighter: 70 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 28, gain: 2 }))).toBe(false);
  expect(cuts.isCut(scene({ block: 70 }))).toBe(true);
  expect(cuts.isCut(scene({ block: 70 }))).toBe(false);
});
