import { describe, expect, test } from 'vitest';
import { CHALLENGES, type Challenge, LivenessChallenge, type Movement, measure, PassiveLiveness } from './liveness';

const FRAME_MS = 40;
const drawing = (challenge: Challenge) => () => (CHALLENGES.indexOf(challenge) + 0.5) / CHALLENGES.length;
const still: Movement = { openness: 0.28, turn: 0.03 };

/** Plays movements at 25 frames per second, after one second without movement. */
function play(challenge: Challenge, movements: Movement[]): LivenessChallenge {
  const check = new LivenessChallenge(0, drawing(challenge));
  [...Array<Movement>(25).fill(still), ...movements].forEach((movement, i) => {
    check.update(movement, i * FRAME_MS);
  });
  return check;
}

const openness = (...values: number[]) => values.map((value) => ({ ...still, openness: value }));
const turns = (...values: number[]) => values.map((value) => ({ ...still, turn: value }));

describe('a challenge', () => {
  test('is passed by its own movement', () => {
    expect(play('blink', openness(0.25, 0.16, 0.15, 0.19, 0.27)).passed).toBe(true);
    expect(play('turn-left', turns(0.05, 0.1, 0.15, 0.2)).passed).toBe(true);
    expect(play('turn-right', turns(0, -0.05, -0.09, -0.12)).passed).toBe(true);
  });

  test('is not passed by another movement', () => {
    expect(play('turn-right', turns(0.05, 0.1, 0.2, 0.3)).passed).toBe(false);
    expect(play('turn-left', openness(0.16, 0.15, 0.28)).passed).toBe(false);
    expect(play('blink', turns(0.1, 0.2, 0.1, 0)).passed).toBe(false);
  });

  test('is not passed by a picture that is still or trembles', () => {
    const noise = Array.from({ length: 2000 }, (_, i) => ({
      openness: 0.28 + 0.025 * Math.sin(i * 1.7),
      turn: 0.03 + 0.03 * Math.sin(i * 0.9),
    }));
    for (const challenge of CHALLENGES) expect(play(challenge, noise).passed).toBe(false);
  });

  test('is not passed by eyes that stay shut, nor by lids that look shorter from the side', () => {
    expect(play('blink', openness(...Array(20).fill(0.15), 0.28)).passed).toBe(false);
    const aside = [0.03, 0.15, 0.2, 0.15, 0.03].map((turn) => ({ openness: turn > 0.1 ? 0.18 : 0.28, turn }));
    expect(play('blink', aside).passed).toBe(false);
  });

  test('draws another challenge after a timeout', () => {
    const draws = [0, 0.99];
    const check = new LivenessChallenge(0, () => draws.shift() ?? 0);
    expect(check.challenge).toBe('blink');
    check.update(still, 5_999);
    expect(check.challenge).toBe('blink');
    check.update(still, 6_000);
    expect(check.challenge).toBe('turn-right');
  });
});

describe('the passive check', () => {
  const watch = (movements: Movement[]) => {
    const check = new PassiveLiveness(0);
    movements.forEach((movement, i) => {
      check.update(movement, i * FRAME_MS);
    });
    return check.verdict;
  };
  const standing = (frames: number) => Array<Movement>(frames).fill(still);

  test('waits, then fails a face that never moves', () => {
    expect(watch(standing(200))).toBe('checking');
    expect(watch(standing(300))).toBe('failed');
  });

  test('is passed by a spontaneous blink or turn, also after it failed', () => {
    expect(watch([...standing(25), ...openness(0.25, 0.16, 0.15, 0.19, 0.27)])).toBe('passed');
    expect(watch([...standing(25), ...turns(0.05, 0.1, 0.15, 0.2)])).toBe('passed');
    expect(watch([...standing(300), ...turns(0.05, 0.1, 0.15, 0.2)])).toBe('passed');
  });
});

test('measures no turn on a flat picture, however it is held', () => {
  const points = new Float32Array(468 * 2);
  const put = (i: number, x: number, y: number) => points.set([x, y], i * 2);
  put(33, 100, 100);
  put(263, 200, 100);
  put(1, 150, 160);
  expect(measure(points).turn).toBeCloseTo(0);
  // At an angle, all horizontal distances shrink by the same factor; rotation in the plane rotates all points.
  const held = points.map((value, i) => (i % 2 === 0 ? value * 0.5 : value));
  expect(measure(held).turn).toBeCloseTo(0);
  const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)];
  const turned = points.map((_, i) => {
    const x = points[i - (i % 2)] ?? 0;
    const y = points[i - (i % 2) + 1] ?? 0;
    return i % 2 === 0 ? cos * x - sin * y : sin * x + cos * y;
  });
  expect(measure(turned).turn).toBeCloseTo(0);
  put(1, 170, 160);
  expect(measure(points).turn).toBeCloseTo(0.2);
});
