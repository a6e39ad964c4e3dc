import { crowding } from '@kith/sdk';
import { expect, test } from 'vitest';
import { DISAGREEMENT_DISTANCE, disagreement } from './disagreement';

/** Returns an encoding at an offset along one axis. */
function at(offset: number): Float32Array {
  const encoding = new Float32Array(128);
  encoding[0] = offset;
  return encoding;
}

test('a face is refused only when even the nearest sample is beyond doubt of somebody else', () => {
  const samples = [
    { faceId: 1, encoding: at(0) },
    { faceId: 2, encoding: at(3) },
  ];
  expect(disagreement(at(0.3), samples)).toBeNull();
  expect(disagreement(at(2.9), samples)).toBeNull();
  const differs = disagreement(at(1.4), samples);
  expect(differs?.faceId).toBe(1);
  expect(differs?.distance).toBeCloseTo(1.4 * crowding(at(1.4)) * crowding(at(0)), 5);
  expect(differs?.distance).toBeGreaterThan(DISAGREEMENT_DISTANCE);
});

test('nothing disagrees with nobody', () => {
  expect(disagreement(at(1), [])).toBeNull();
});
