import type { VisionClient } from '@/lib/phone/recognition/VisionClient';

export type Facing = 'user' | 'environment';

/** A running camera. */
export interface Camera {
  stream: MediaStream;
  /** Facing as the browser reports it. The picture of a front camera is mirrored on screen. */
  facing: Facing;
  hasTorch: boolean;
  setTorch(on: boolean): Promise<void>;
  /** Resolves when the camera stops by itself: unplugged, or taken by another app. */
  ended: Promise<void>;
  /** Calls back when the camera stops giving pictures without ending, and when it gives them again. */
  onMuted(listener: (isMuted: boolean) => void): void;
  stop(): void;
}

/** Torch belongs to Image Capture, which TypeScript's DOM does not declare yet. */
type Capabilities = MediaTrackCapabilities & { torch?: boolean };

/** Opens the camera with this facing, or any other camera. Rejects with getUserMedia's DOMException. */
export async function openCamera(facing: Facing): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      facingMode: { ideal: facing },
      // 1280 keeps faces recognisable at three metres; detection uses a copy of half the size.
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
    onMuted: (listener) => {
      track.addEventListener('mute', () => listener(true));
      track.addEventListener('unmute', () => listener(false));
      if (track.muted) listener(true);
    },
    stop: () => {
      for (const each of stream.getTracks()) each.stop();
    },
  };
}

/**
 * Calls back when the person allows the camera, where the browser tells, and when the page is shown again: some refuse
 * for a passing reason, such as a page in the background or a switch of the system. Returns a function that ends it.
 */
export function onCameraAllowed(listener: () => void): () => void {
  let isEnded = false;
  let status: PermissionStatus | null = null;
  const hear = () => {
    if (!isEnded && status?.state === 'granted') listener();
  };
  const look = () => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', look);
  // Firefox does not answer for cameras.
  void navigator.permissions
    ?.query({ name: 'camera' as PermissionName })
    .then((answered) => {
      status = answered;
      status.addEventListener('change', hear);
    })
    .catch(() => undefined);
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', look);
    status?.removeEventListener('change', hear);
  };
}

/** Returns the number of cameras. */
export async function countCameras(): Promise<number> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').length;
}

/** Breakout box (MediaStreamTrackProcessor) is not in TypeScript's DOM. */
interface TrackProcessor {
  new (init: { track: MediaStreamTrack; maxBufferSize: number }): { readable: ReadableStream<VideoFrame> };
}

/**
 * Sends the camera's frames to the vision worker until the camera stops. Transfers a stream where the browser can read
 * frames from a track, else single frames as the video shows them. Returns a function that stops it.
 */
export function feedFrames(camera: Camera, video: HTMLVideoElement, vision: VisionClient): () => void {
  const [track] = camera.stream.getVideoTracks();
  const Processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
  if (track && Processor) {
    // A clone: stopping it ends the stream but not the picture on the screen.
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
