import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VisionClient } from '@/lib/phone/recognition/VisionClient';
import type { ToWorker } from '@/lib/phone/vision/protocol';
import { CameraControl, type CameraState } from './CameraControl';

/** What the browser's worker was sent. */
let sent: ToWorker['type'][];

class BrowserWorker {
  postMessage({ type }: ToWorker): void {
    sent.push(type);
  }

  terminate(): void {}
}

/** A video element: it calls back once for each request, at the next frame. */
class BrowserVideo {
  #next: (() => void) | null = null;

  requestVideoFrameCallback(callback: () => void): void {
    this.#next = callback;
  }

  async showFrame(): Promise<void> {
    const next = this.#next;
    this.#next = null;
    next?.();
    await Promise.resolve();
  }
}

const videoElement = () => {
  const video = new BrowserVideo();
  return { video, element: video as unknown as HTMLVideoElement };
};

const track = Object.assign(new EventTarget(), {
  muted: false,
  stop: () => undefined,
  getSettings: () => ({ facingMode: 'user' }),
});

const client = () =>
  new VisionClient({
    onReady: () => undefined,
    onGallery: () => undefined,
    onFrame: () => undefined,
    onFailed: () => undefined,
  });

beforeEach(() => {
  sent = [];
  vi.stubGlobal('Worker', BrowserWorker);
  vi.stubGlobal('createImageBitmap', async () => ({}));
  vi.stubGlobal('navigator', {
    mediaDevices: Object.assign(new EventTarget(), {
      getUserMedia: async () => ({ getVideoTracks: () => [track], getTracks: () => [track] }),
      enumerateDevices: async () => [{ kind: 'videoinput' }],
    }),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('frames flow only while camera, vision worker and video element are all there', async () => {
  const states: CameraState['kind'][] = [];
  const camera = new CameraControl(({ kind }) => states.push(kind));
  await camera.start('user');
  camera.vision = client();
  expect(states).toEqual(['starting', 'running']);
  expect(camera.isFeeding, 'a screen without the picture').toBe(false);
  const { video, element } = videoElement();
  camera.video = element;
  expect(camera.isFeeding).toBe(true);
  await video.showFrame();
  expect(sent).toEqual(['picture']);
  camera.vision = null;
  expect(camera.isFeeding).toBe(false);
  camera.vision = client();
  expect(camera.isFeeding).toBe(true);
  camera.stop();
  expect(camera.isFeeding).toBe(false);
});

test('a video element that comes in the place of another feeds the frames from then on', async () => {
  const camera = new CameraControl(() => undefined);
  await camera.start('user');
  camera.vision = client();
  const before = videoElement();
  camera.video = before.element;
  camera.video = null;
  expect(camera.isFeeding, 'the picture was removed').toBe(false);
  await before.video.showFrame();
  expect(sent).toEqual([]);
  const after = videoElement();
  camera.video = after.element;
  await after.video.showFrame();
  expect(sent).toEqual(['picture']);
  camera.stop();
});
