import type { VisionClient } from '@/lib/phone/recognition/VisionClient';

export type Facing = 'user' | 'environment';

/** A running camera. */
export interface Camera {
  stream: MediaStream;
  /** Which way it looks, as far as the browser says; pictures of a front camera are shown mirrored. */
  facing: Facing;
  hasTorch: boolean;
  setTorch(on: boolean): Promise<void>;
  /** Resolves when the camera ends by itself: unplugged, or taken by another app. */
  ended: Promise<void>;
  stop(): void;
}

/** Torch is part of Image Capture, which TypeScript's DOM does not list yet. */
type Capabilities = MediaTrackCapabilities & { torch?: boolean };

/** Opens the camera that looks the wanted way, or any other. Rejects with getUserMedia's DOMException. */
export async function openCamera(facing: Facing): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      facingMode: { ideal: facing },
      // 1280 keeps faces recognisable at three metres; the finder looks at a copy half as large.
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
    },
  });
  const [track] = stream.getVideoTracks();
  if (!track) throw new DOMException('the stream has no video', 'NotFoundError');
  const capabilities: Capabilities = track.getCapabilities?.() ?? {};
  const looks = track.getSettings().facingMode;
  return {
    stream,
    facing: looks === 'environment' ? 'environment' : looks === 'user' ? 'user' : facing,
    hasTorch: capabilities.torch === true,
    setTorch: (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }),
    ended: new Promise((resolve) => track.addEventListener('ended', () => resolve(), { once: true })),
    stop: () => {
      for (const each of stream.getTracks()) each.stop();
    },
  };
}

/** How many cameras there are to switch between. */
export async function countCameras(): Promise<number> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').length;
}

/** Breakout box (MediaStreamTrackProcessor) is not in TypeScript's DOM. */
interface TrackProcessor {
  new (init: { track: MediaStreamTrack; maxBufferSize: number }): { readable: ReadableStream<VideoFrame> };
}

/**
 * Sends the camera's frames to the vision worker until the camera stops: as a transferred stream where the browser
 * can take frames off a track, else one transferred frame after the other as the video shows them. Returns how to stop.
 */
export function feedFrames(camera: Camera, video: HTMLVideoElement, vision: VisionClient): () => void {
  const [track] = camera.stream.getVideoTracks();
  const Processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
  if (track && Processor) {
    // A clone, so that stopping it ends the stream and leaves the picture on the screen alone.
    const clone = track.clone();
    vision.follow(new Processor({ track: clone, maxBufferSize: 1 }).readable);
    return () => clone.stop();
  }
  return feedFromVideo(video, vision);
}

function feedFromVideo(video: HTMLVideoElement, vision: VisionClient): () => void {
  let stopped = false;
  const next = () => {
    if (stopped) return;
    void show().finally(() => {
      if (!stopped) video.requestVideoFrameCallback(next);
    });
  };
  const show = async () => {
    if (vision.isIdle) vision.see(await createImageBitmap(video));
  };
  video.requestVideoFrameCallback(next);
  return () => {
    stopped = true;
  };
}
