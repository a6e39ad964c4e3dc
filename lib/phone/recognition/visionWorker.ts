/// <reference lib="webworker" />

import { getAsset } from '@/lib/phone/offline/assetCache';
import { broadcast, onBroadcast, openPhone, type Phone } from '@/lib/phone/store/phone';
import { chooseBackend } from '@/lib/phone/vision/backend';
import { type Match, Pipeline } from '@/lib/phone/vision/pipeline';
import type { FromWorker, PipelineSettings, ToWorker } from '@/lib/phone/vision/protocol';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import { EnrolledHere } from './EnrolledHere';
import { GalleryView } from './GalleryView';

declare const self: DedicatedWorkerGlobalScope;

/** Runs the pipeline on camera frames against this phone's gallery and reports faces with names. */
let pipeline: Pipeline | null = null;
let phone: Phone | null = null;
let gallery: GalleryView | null = null;
let enrolled: EnrolledHere | null = null;
let settings: PipelineSettings = { matchTrust: 50, liveness: 'off' };
let reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
/** Whether the first sync is complete and `gallery` could read all of it. */
let isComplete = false;
/** Chains all work on the networks, because tfjs has one set of them. */
let turn: Promise<unknown> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  handle(data).catch((cause: unknown) => {
    post({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
  });
};

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'start':
      return start(message);
    case 'settings':
      return apply(message.settings);
    case 'stream':
      return follow(message.readable);
    case 'picture':
      return see(message.picture);
    case 'stop':
      await reader?.cancel();
      reader = null;
      pipeline?.reset();
      return;
    case 'capture':
      return capture(message.track);
    case 'encode':
      return encode(message.request, message.picture);
  }
}

async function start({ remembered, settings: given }: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const before = performance.now();
  phone = await openPhone();
  gallery = new GalleryView(phone.db, phone.vault);
  enrolled = new EnrolledHere(phone.enrolments);
  onBroadcast(({ type }) => {
    if (type === 'gallery' || type === 'synced') void refresh();
  });
  const [choice] = await Promise.all([chooseBackend(remembered ?? undefined), refresh()]);
  const loaded = await Pipeline.load(match, getAsset);
  await loaded.warmUp();
  pipeline = loaded;
  apply(given);
  post({ type: 'ready', choice, loadedMs: performance.now() - before });
}

function apply(given: PipelineSettings): void {
  const stricter = given.matchTrust !== settings.matchTrust;
  settings = given;
  if (!pipeline) return;
  pipeline.liveness = given.liveness;
  pipeline.galleryIsComplete = mayDecide();
  if (stricter) pipeline.reconsider();
}

/** Reads the changes of the gallery and of the enrolments. */
const refresh = shareRuns(async () => {
  if (!phone || !gallery || !enrolled) return;
  // Read before the gallery, so that the gallery then contains everything of that sync.
  const hasSynced = await isSynced(phone);
  // A gallery that is emptied to be read anew may not decide from the moment it is read.
  if (!hasSynced) isComplete = false;
  if (pipeline) pipeline.galleryIsComplete = mayDecide();
  const before = enrolled.size;
  await enrolled.refresh();
  const wasDamaged = gallery.isDamaged;
  const changed = await gallery.refresh();
  // It may have been emptied between the two readings.
  isComplete = hasSynced && (await isSynced(phone)) && !gallery.isDamaged;
  if (gallery.isDamaged && !wasDamaged) broadcast({ type: 'damaged' });
  if (pipeline) {
    if (changed || enrolled.size !== before) pipeline.reconsider();
    pipeline.galleryIsComplete = mayDecide();
  }
  post({ type: 'gallery', faces: gallery.size + enrolled.size, people: gallery.people + enrolled.size });
});

/** Whether a sync has read the feed to its end, and the gallery was not emptied since. */
async function isSynced({ records }: Phone): Promise<boolean> {
  return (await records.get('sync'))?.succeededAt != null;
}

/** Whether a face that matches nobody may be called unknown. */
function mayDecide(): boolean {
  return isComplete && settings.matchTrust !== null;
}

function match(encoding: Float32Array): Match {
  const known = gallery?.nearest(encoding) ?? null;
  const nearest = [known, enrolled?.nearest(encoding)].filter((found) => found != null);
  const [best] = nearest.sort((a, b) => b.trust - a.trust);
  const candidates = known?.candidates ?? [];
  if (!best) return { identity: null, trust: 0, candidates };
  const { matchTrust } = settings;
  return {
    identity: matchTrust !== null && best.trust >= matchTrust ? best.identity : null,
    trust: best.trust,
    candidates,
  };
}

/**
 * Reads frames until the track ends. The processor keeps only the newest frame, so a slow device drops frames instead
 * of queueing them.
 */
async function follow(readable: ReadableStream<VideoFrame>): Promise<void> {
  await reader?.cancel();
  const current = readable.getReader();
  reader = current;
  for (;;) {
    const { value: frame, done } = await current.read();
    if (done) break;
    await see(frame);
  }
}

async function see(frame: ImageBitmap | VideoFrame): Promise<void> {
  await inTurn(async () => {
    try {
      if (pipeline) post(await pipeline.see(frame, performance.now()));
    } finally {
      frame.close();
    }
  });
}

async function capture(track: number): Promise<void> {
  const portrait = pipeline?.portrait(track) ?? null;
  if (!portrait) {
    post({ type: 'captured', track, picture: null, encoding: null });
    return;
  }
  const { data, width, height } = portrait.pixels;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(Uint8ClampedArray.from(data), width, height), 0, 0);
  const picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  post({ type: 'captured', track, picture, encoding: portrait.encoding });
}

async function encode(request: number, picture: ImageBitmap): Promise<void> {
  await inTurn(async () => {
    const faces = (await pipeline?.encodeStill(picture)) ?? [];
    picture.close();
    post({ type: 'encoded', request, faces });
  });
}

function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
