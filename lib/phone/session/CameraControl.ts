import type { VisionClient } from '@/lib/phone/recognition/VisionClient';
import { type Camera, countCameras, type Facing, feedFrames, onCameraAllowed, openCamera } from './camera';
import { cameraProblem, type Problem } from './problem';

export type CameraState =
  | { kind: 'off' }
  /** The browser requires a tap first. */
  | { kind: 'tap' }
  | { kind: 'starting' }
  | { kind: 'running'; stream: MediaStream; facing: Facing; several: boolean; torch: 'none' | 'off' | 'on' }
  | { kind: 'problem'; problem: Problem };

/** Interval between two attempts to get a camera back, ms. */
const RETRY_MS = 3_000;
/** A camera that is plugged in is announced a moment before it can be opened, ms. */
const PLUGGED_IN_MS = 500;
/** A muted camera gives no pictures: a call, a switch, another app. It is opened anew after so long, ms. */
const MUTED_MS = 4_000;

/**
 * The camera of one visit. Opens and switches it, and sends its frames to the vision worker once camera, video element
 * and worker are there. A camera that is lost is opened again as soon as it is back, without a tap.
 */
export class CameraControl {
  readonly #onState: (state: CameraState, detail?: string) => void;
  #state: CameraState = { kind: 'off' };
  #camera: Camera | null = null;
  #video: HTMLVideoElement | null = null;
  #vision: VisionClient | null = null;
  #stopFrames: (() => void) | null = null;
  /** The camera to get back; null while none is wanted. */
  #wanted: Facing | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #muted: ReturnType<typeof setTimeout> | undefined;
  #stopWaiting: (() => void) | null = null;
  readonly #onDeviceChange = () => this.#retryIn(PLUGGED_IN_MS);

  /** @param onState called on every change; `detail` is the browser's error message */
  constructor(onState: (state: CameraState, detail?: string) => void) {
    this.#onState = onState;
  }

  /** Starts the camera with this facing, after stopping a running one. */
  async start(facing: Facing): Promise<void> {
    this.stop();
    this.#wanted = facing;
    navigator.mediaDevices.addEventListener('devicechange', this.#onDeviceChange);
    this.#set({ kind: 'starting' });
    await this.#open(facing);
  }

  /** Starts the camera again where one is wanted: after it stopped giving pictures. */
  async restart(): Promise<void> {
    if (this.#wanted) await this.start(this.#wanted);
  }

  async #open(facing: Facing): Promise<void> {
    try {
      const camera = await openCamera(facing);
      if (this.#wanted !== facing || this.#camera) {
        camera.stop();
        return;
      }
      this.#camera = camera;
      this.#watch(camera);
      this.#set({
        kind: 'running',
        stream: camera.stream,
        facing: camera.facing,
        several: (await countCameras()) > 1,
        torch: camera.hasTorch ? 'off' : 'none',
      });
      this.#connect();
    } catch (error) {
      if (this.#wanted === facing) this.#fail(cameraProblem(error), String(error));
    }
  }

  #watch(camera: Camera): void {
    void camera.ended.then(() => {
      if (this.#camera !== camera) return;
      this.#release();
      this.#fail('camera-in-use');
    });
    camera.onMuted((isMuted) => {
      clearTimeout(this.#muted);
      if (!isMuted || this.#camera !== camera) return;
      // A hidden page gets no pictures on some phones, and gets them back by itself.
      this.#muted = setTimeout(() => {
        if (this.#camera === camera && document.visibilityState === 'visible') void this.restart();
      }, MUTED_MS);
    });
  }

  #fail(problem: Problem, detail?: string): void {
    this.#set({ kind: 'problem', problem }, detail);
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    // Asking again would show the browser's question again and again: wait until the person has answered it.
    if (problem === 'permission-denied') this.#stopWaiting = onCameraAllowed(() => this.#retryIn(0));
    else this.#retryIn(RETRY_MS);
  }

  /** Tries again, without changing what is shown until a camera is there. */
  #retryIn(ms: number): void {
    if (this.#state.kind !== 'problem' || !this.#wanted) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#state.kind === 'problem' && this.#wanted) void this.#open(this.#wanted);
    }, ms);
  }

  /** Shows the prompt for a tap instead of starting. */
  askForTap(): void {
    this.#set({ kind: 'tap' });
  }

  /** Whether frames are on their way to the vision worker: camera, video element and worker are all there. */
  get isFeeding(): boolean {
    return this.#stopFrames !== null;
  }

  /** The element that shows the camera; null when it is removed. */
  set video(video: HTMLVideoElement | null) {
    // A removed element shows no more frames, and another one has to be asked for them.
    if (this.#video !== video) this.#endFrames();
    this.#video = video;
    this.#connect();
  }

  /** The vision worker once it is ready for frames; null when it is closed. */
  set vision(vision: VisionClient | null) {
    // Frames of another worker go nowhere.
    if (this.#vision !== vision) this.#endFrames();
    this.#vision = vision;
    this.#connect();
  }

  async setTorch(on: boolean): Promise<void> {
    if (this.#state.kind !== 'running' || !this.#camera) return;
    await this.#camera.setTorch(on);
    this.#set({ ...this.#state, torch: on ? 'on' : 'off' });
  }

  stop(): void {
    this.#wanted = null;
    clearTimeout(this.#retry);
    clearTimeout(this.#muted);
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#release();
  }

  #release(): void {
    this.#endFrames();
    this.#vision?.stop();
    const camera = this.#camera;
    this.#camera = null;
    camera?.stop();
  }

  #endFrames(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
  }

  #connect(): void {
    if (!this.#camera || !this.#video || !this.#vision || this.#stopFrames) return;
    this.#stopFrames = feedFrames(this.#camera, this.#video, this.#vision);
  }

  #set(state: CameraState, detail?: string): void {
    this.#state = state;
    this.#onState(state, detail);
  }
}
