import { encodingToBytes, LocalGallery, MemoryFeedStore } from '@kith/sdk';
import { expect, test } from 'vitest';
import type { Bitmap, EncodedFace } from '@/lib/shared/vision/types';
import { FaceFollower } from './FaceFollower';
import { followFaces } from './followFaces';
import type { LiveSignal } from './liveSignals';
import type { PresenceEvent } from './Presence';

const bitmap: Bitmap = { data: new Uint8Array(3), width: 1, height: 1 };
const encoding = new Float32Array(128).fill(0.1);
const position = { top: 10, left: 10, bottom: 90, right: 90 };
const face = { position, encoding, quality: { score: 1 } } as unknown as EncodedFace;

async function galleryOfAda(): Promise<LocalGallery> {
  const store = new MemoryFeedStore();
  const ada = { faceId: 7, updatedAt: 1, encoding: encodingToBytes(encoding), uniqueArgs: {}, personId: 3 };
  await store.write({
    faces: [{ ...ada, personName: 'Ada', groups: [] }],
    deleted: [],
    target: 'live',
    begins: true,
    publishes: false,
    position: { model: 'm', lastUpdatedAt: 1 },
  });
  return LocalGallery.open({ store, source: () => Promise.reject(new Error('does not sync')) });
}

const frames = (from: number, to: number, every: number): LiveSignal[] =>
  Array.from({ length: Math.round((to - from) / every) + 1 }, (_, i) => ({
    kind: 'frame',
    bitmap,
    at: from + i * every,
  }));
const ticks = (from: number, to: number): LiveSignal[] =>
  Array.from({ length: Math.floor((to - from) / 0.5) + 1 }, (_, i) => ({ kind: 'tick', at: from + i * 0.5 }));

/** Returns the events while a face is on every frame. */
async function reported(signals: LiveSignal[], every = 0.2): Promise<[string, string | null, number, number?][]> {
  const events: PresenceEvent[] = [];
  const told: string[] = [];
  await followFaces({
    signals: (async function* () {
      yield* signals;
    })(),
    follower: new FaceFollower({ gallery: await galleryOfAda(), minTrust: 50, every }),
    every,
    look: async () => [face],
    report: (event) => {
      events.push(event);
      told.push(event.event);
    },
    onLink: ({ kind }) => told.push(kind),
  });
  // Everybody in sight is reported as gone before the loss is.
  expect(told.join(' ')).not.toContain('lost left');
  return events.map(
    ({ event, name, at, stayed }) => [event, name, at, ...(stayed === undefined ? [] : [stayed])] as never,
  );
}

test('who is in sight when the frames stop leaves after three seconds, and not at the end', async () => {
  expect(await reported([...frames(0, 2, 0.2), ...ticks(2.5, 6)])).toEqual([
    ['appeared', 'Ada', 0.2],
    ['left', 'Ada', 2, 1.8],
  ]);
});

test('a loss makes everybody leave, and the next connection shows them anew', async () => {
  const lost: LiveSignal = { kind: 'lost', at: 2.1, reason: 'gone', attempt: 1, retrySeconds: 1 };
  expect(await reported([...frames(0, 2, 0.2), lost, ...frames(5, 6, 0.2)])).toEqual([
    ['appeared', 'Ada', 0.2],
    ['left', 'Ada', 2, 1.8],
    ['appeared', 'Ada', 5.2],
    ['left', 'Ada', 6, 0.8],
  ]);
});

test('two appearances five seconds apart are two', async () => {
  const seen = await reported([...frames(0, 2, 0.5), ...ticks(2.5, 6.9), ...frames(7, 8, 0.5)]);
  expect(seen.map(([event]) => event)).toEqual(['appeared', 'left', 'appeared', 'left']);
});

test('nobody leaves between two frames of a slow camera', async () => {
  const slow = frames(0, 60, 4).flatMap((frame) => [frame, ...ticks(frame.at + 0.5, frame.at + 3.5)]);
  expect((await reported(slow, 4)).map(([event]) => event)).toEqual(['appeared', 'left']);
});
