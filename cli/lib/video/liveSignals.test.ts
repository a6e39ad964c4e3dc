import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Bitmap } from '@/lib/shared/vision/types';
import { CliError } from '../CliError';
import { type LiveSignal, liveSignals } from './liveSignals';
import { StreamError } from './StreamError';

const picture: Bitmap = { data: new Uint8Array(3), width: 1, height: 1 };

/** One connection of a scripted camera: pictures with delays in ms, then its end. */
interface Script {
  pictures: number[];
  after: 'end' | 'freeze' | Error;
}

/** Connects as scripted, and repeats the last script. `open` is the number of connections that were not closed. */
function camera(scripts: Script[]) {
  const state = { connections: 0, open: 0 };
  async function* connect(signal: AbortSignal): AsyncGenerator<Bitmap> {
    const { pictures, after } = scripts[Math.min(state.connections++, scripts.length - 1)] as Script;
    state.open += 1;
    try {
      for (const ms of pictures) {
        await sleep(ms, undefined, { signal }).catch(() => {});
        if (signal.aborted) return;
        yield picture;
      }
      if (after instanceof Error) throw after;
      if (after === 'freeze') await new Promise((resolve) => signal.addEventListener('abort', resolve));
    } finally {
      state.open -= 1;
    }
  }
  return { state, connect };
}

/** Follows the source until `enough` returns true. */
async function follow(
  connect: (signal: AbortSignal) => AsyncGenerator<Bitmap>,
  enough: (seen: LiveSignal[]) => boolean,
  options: { once?: boolean; stallSeconds?: number } = {},
): Promise<LiveSignal[]> {
  const controller = new AbortController();
  const seen: LiveSignal[] = [];
  const signals = liveSignals({
    connect,
    stallSeconds: options.stallSeconds ?? 0.2,
    once: options.once ?? false,
    signal: controller.signal,
    tickMs: 20,
    firstWaitSeconds: 0.01,
  });
  for await (const signal of signals) {
    seen.push(signal);
    if (enough(seen)) controller.abort();
  }
  return seen;
}

const count = (seen: LiveSignal[], kind: LiveSignal['kind']) => seen.filter((signal) => signal.kind === kind).length;
const kinds = (seen: LiveSignal[]) => seen.map(({ kind }) => kind).filter((kind) => kind !== 'tick');

test('a stream that freezes counts as lost after the stall time, and is opened again', async () => {
  const { connect, state } = camera([{ pictures: [0, 10], after: 'freeze' }]);
  const seen = await follow(connect, (all) => count(all, 'connected') === 2);
  const lost = seen.find((signal) => signal.kind === 'lost');
  expect(lost).toMatchObject({ reason: 'no picture for 0.2 s', attempt: 1, retrySeconds: 0.01 });
  expect(kinds(seen).slice(0, 3)).toEqual(['connected', 'frame', expect.stringMatching(/frame|lost/)]);
  // Time has continued meanwhile.
  expect(count(seen, 'tick')).toBeGreaterThan(3);
  await sleep(20);
  expect(state).toEqual({ connections: 2, open: 0 });
});

test('one that never answers is lost as well, and waits twice as long each time', async () => {
  const { connect } = camera([{ pictures: [], after: 'freeze' }]);
  const seen = await follow(connect, (all) => count(all, 'lost') === 4, { stallSeconds: 0.05 });
  expect(seen.flatMap((signal) => (signal.kind === 'lost' ? [signal.retrySeconds] : []))).toEqual([
    0.01, 0.02, 0.04, 0.08,
  ]);
  expect(count(seen, 'connected')).toBe(0);
});

test('one that drops again and again is opened again at once each time', async () => {
  const { connect } = camera([
    { pictures: [0], after: 'end' },
    { pictures: [0], after: new StreamError('Connection reset by peer') },
  ]);
  const seen = await follow(connect, (all) => count(all, 'lost') === 3);
  expect(seen.flatMap((signal) => (signal.kind === 'lost' ? [[signal.reason, signal.retrySeconds]] : []))).toEqual([
    ['the stream ended', 0.01],
    ['Connection reset by peer', 0.01],
    ['Connection reset by peer', 0.01],
  ]);
});

test('with `once` the first loss ends it', async () => {
  const { connect, state } = camera([{ pictures: [0], after: 'end' }]);
  const seen = await follow(connect, () => false, { once: true });
  expect(kinds(seen)).toEqual(['connected', 'frame', 'lost']);
  expect(seen.at(-1)).toMatchObject({ retrySeconds: null });
  expect(state.connections).toBe(1);
});

test('what no new attempt can help, such as a missing ffmpeg, ends it', async () => {
  const { connect } = camera([{ pictures: [], after: new CliError('ffmpeg is not installed') }]);
  await expect(follow(connect, () => false)).rejects.toThrow('ffmpeg is not installed');
});

test('frames have the time at which they came, and old ones are dropped', async () => {
  const { connect } = camera([{ pictures: Array.from({ length: 20 }, () => 20), after: 'freeze' }]);
  const controller = new AbortController();
  const at: number[] = [];
  const begun = performance.now();
  const signals = liveSignals({ connect, stallSeconds: 5, once: true, signal: controller.signal, tickMs: 1000 });
  for await (const signal of signals) {
    if (signal.kind !== 'frame') continue;
    at.push(signal.at);
    // As on a busy computer.
    await sleep(100);
    if (at.length === 3) break;
  }
  expect(at).toHaveLength(3);
  const [first = 0, , third = 0] = at;
  expect(third - first).toBeGreaterThan(0.14);
  expect(third).toBeLessThan((performance.now() - begun) / 1000);
});
