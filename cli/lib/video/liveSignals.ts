import { setTimeout as sleep } from 'node:timers/promises';
import type { Bitmap } from '@/lib/shared/vision/types';
import { latestOf } from './latestOf';
import { StreamError } from './StreamError';

/** Signals of a live source. `at` is in seconds of the wall clock since the start, never decreasing. */
export type LiveSignal =
  /** A picture, with its time of arrival. */
  | { kind: 'frame'; at: number; bitmap: Bitmap }
  /** There was no picture for a moment, but time continues. */
  | { kind: 'tick'; at: number }
  /** The first picture of a connection. */
  | { kind: 'connected'; at: number }
  /** The source broke. It is opened again after `retrySeconds`; null with `once`. */
  | { kind: 'lost'; at: number; reason: string; attempt: number; retrySeconds: number | null };

export interface LiveSignalsOptions {
  /** Opens the source. An error other than StreamError ends the signals. */
  connect: (signal: AbortSignal) => AsyncIterable<Bitmap>;
  /** Seconds without a picture after which a connection counts as lost. */
  stallSeconds: number;
  /** End with the first connection, instead of connecting again. */
  once: boolean;
  signal: AbortSignal;
  /** Returns the seconds since the start, from a monotonic clock. */
  now?: () => number;
  /** Milliseconds between two ticks. */
  tickMs?: number;
  /** Seconds before the first new attempt. The wait doubles with each further one, up to a minute. */
  firstWaitSeconds?: number;
}

/** Reason for the loss of a connection that ended without an error. */
export const STREAM_ENDED = 'the stream ended';

const MAX_WAIT_SECONDS = 60;
const TICK = Symbol('tick');

/** Follows a live source, and reconnects for ever. If several pictures wait, only the newest is yielded. */
export async function* liveSignals(options: LiveSignalsOptions): AsyncGenerator<LiveSignal> {
  const { once, signal, now = secondsSince(performance.now()), firstWaitSeconds = 1 } = options;
  for (let attempt = 1; ; attempt++) {
    let reason = STREAM_ENDED;
    try {
      for await (const event of connection(options, now)) {
        if (event.kind === 'connected') attempt = 1;
        yield event;
      }
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      reason = error.message;
    }
    if (signal.aborted) return;
    const wait = Math.min(firstWaitSeconds * 2 ** (attempt - 1), MAX_WAIT_SECONDS);
    yield { kind: 'lost', at: now(), reason, attempt, retrySeconds: once ? null : wait };
    if (once) return;
    await sleep(wait * 1000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
}

function secondsSince(start: number): () => number {
  return () => (performance.now() - start) / 1000;
}

/** Yields the pictures of one connection until it ends. @throws StreamError if it breaks or stalls */
async function* connection(
  { connect, stallSeconds, signal, tickMs = 500 }: LiveSignalsOptions,
  now: () => number,
): AsyncGenerator<LiveSignal> {
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort, { once: true });
  const pictures = latestOf(stamped(connect(own.signal), now));
  let lastAt = now();
  let isConnected = false;
  try {
    let next = pictures.next();
    for (;;) {
      const result = await orTick(next, tickMs);
      if (result === TICK) {
        const at = now();
        if (at - lastAt >= stallSeconds) throw new StreamError(`no picture for ${stallSeconds} s`);
        yield { kind: 'tick', at };
        continue;
      }
      if (result.done) return;
      const { at, bitmap } = result.value;
      lastAt = at;
      if (!isConnected) yield { kind: 'connected', at };
      isConnected = true;
      yield { kind: 'frame', at, bitmap };
      next = pictures.next();
    }
  } finally {
    signal.removeEventListener('abort', abort);
    own.abort();
  }
}

async function* stamped(pictures: AsyncIterable<Bitmap>, now: () => number) {
  for await (const bitmap of pictures) yield { bitmap, at: now() };
}

async function orTick<T>(next: Promise<T>, ms: number): Promise<T | typeof TICK> {
  // If a connection is abandoned, the abort ends the pending read, whose error is ignored.
  next.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const tick = new Promise<typeof TICK>((resolve) => {
    timer = setTimeout(() => resolve(TICK), ms);
  });
  try {
    return await Promise.race([next, tick]);
  } finally {
    clearTimeout(timer);
  }
}
