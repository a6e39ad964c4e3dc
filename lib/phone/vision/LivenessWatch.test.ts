import { describe, expect, test } from 'vitest';
import { scene } from '@/lib/shared/vision/testing/scene';
import type { Position } from '@/lib/shared/vision/types';
import { randomEncoding, seededRandom } from '@/sdk/src/testing/encodings';
import { LivenessWatch } from './LivenessWatch';

const TRACK = 1;
const FRAME_MS = 40;
const HERE: Position = { left: 100, top: 100, right: 200, bottom: 220 };
const random = seededRandom(7);
const [franck, audun] = [randomEncoding(random, 0.1), randomEncoding(random, 0.1)];

/** A mesh with open eyes that looks on, and one whose head is turned. */
const LOOKS_ON = mesh(150);
const TURNED = mesh(175);

function mesh(nose: number): Float32Array {
  const points = new Float32Array(468 * 2);
  const put = (i: number, x: number, y: number) => points.set([x, y], i * 2);
  put(33, 100, 100);
  put(263, 200, 100);
  put(1, nose, 160);
  return points;
}

const [ROOM, OTHER_ROOM] = [scene({ block: 20 }), scene({ block: 70 })];

interface Change {
  position?: Position;
  cut?: boolean;
  name?: string | null;
  encoding?: Float32Array;
  points?: Float32Array;
}

/** Plays a stranger who passes the passive check, then a frame in which something changes. Returns the states after both. */
function passThen(change: Change, { missed = 0 } = {}) {
  const watch = new LivenessWatch();
  watch.mode = 'passive';
  let at = 0;
  const show = ({ position = HERE, cut = false, name = null, encoding = audun, points = LOOKS_ON }: Change) => {
    at += FRAME_MS;
    watch.next(cut ? OTHER_ROOM : ROOM);
    watch.move(TRACK, { position, points, at });
    watch.encoded(TRACK, encoding, { points, at });
    watch.named(TRACK, name, at);
    return watch.state(TRACK).kind;
  };
  for (let frame = 0; frame < 20; frame++) show({});
  show({ points: TURNED });
  const before = show({});
  for (let frame = 0; frame < missed; frame++) watch.next(ROOM);
  return [before, show(change)];
}

const moved = (x: number, growth = 1): Position => ({
  left: HERE.left + x,
  top: HERE.top,
  right: HERE.left + x + 100 * growth,
  bottom: HERE.top + 120 * growth,
});

describe('what a face has shown counts', () => {
  test.each<[string, Change]>([
    ['while it stays', {}],
    ['while it moves on', { position: moved(30) }],
    ['while it comes closer', { position: moved(-10, 1.2) }],
    ['while it turns, where an encoding is far from the last', { points: TURNED, encoding: franck }],
  ])('%s', (_, change) => {
    expect(passThen(change)).toEqual(['passed', 'passed']);
  });

  test('while it walks on before a slow device', () => {
    const watch = new LivenessWatch();
    watch.mode = 'passive';
    for (let frame = 0; frame < 24; frame++) {
      watch.next(ROOM);
      const points = frame === 12 ? TURNED : LOOKS_ON;
      watch.move(TRACK, { position: moved(60 * frame, 1 + frame / 20), points, at: frame * 200 });
    }
    expect(watch.state(TRACK).kind).toBe('passed');
  });

  test('when a few frames missed it', () => {
    expect(passThen({}, { missed: 5 })).toEqual(['passed', 'passed']);
  });
});

describe('it has to show life again', () => {
  test.each<[string, Change]>([
    ['when it gets a name', { name: 'person:1' }],
    ['when it jumps', { position: moved(80) }],
    ['when it is suddenly larger', { position: moved(-30, 1.6) }],
    ['when it looks like somebody else', { encoding: franck }],
    ['when the picture cuts to another scene', { cut: true }],
  ])('%s, in that very frame', (_, change) => {
    expect(passThen(change)).toEqual(['passed', 'checking']);
  });

  test('when it was away', () => {
    expect(passThen({}, { missed: 6 })).toEqual(['passed', 'checking']);
  });
});
