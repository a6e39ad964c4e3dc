import type { VisionClient } from '@/lib/phone/recognition/VisionClient';
import { type Camera, countCameras, type Facing, feedFrames, openCamera } from './camera';
import { cameraTrouble, type Trouble } from './trouble';

export type CameraState =
  | { kind: 'off' }
  /** The browser wants a tap first. */
  | { kind: 'tap' }
  | { kind: 'starting' }
  | { kind: 'running'; stream: MediaStream; facing: Facing; several: boolean; torch: 'none' | 'off' | 'on' }
  | { kind: 'trouble'; trouble: Trouble };

/** The camera of one visit: opens it, switches it, and lets its frames flow to the vision worker once all three are there. */
export class CameraControl {
  readonly #onState: (state: CameraState, detail?: string) => void;
  #state: CameraState = { kind: 'off' };
  #camera: Camera | null = null;
  #video: HTMLVideoElement | null = null;
  #vision: VisionClient | null = null;
  #stopFrames: (() => void) | null = null;

  /** @param onState hears every change; `detail` says what the browser said where it failed */
  constructor(onState: (state: CameraState, detail?: string) => void) {
    this.#onState = onState;
  }

  /** Starts the camera that looks the wanted way; another one that runs is stopped first. */
  async start(facing: Facing): Promise<void> {
    this.stop();
    this.#set({ kind: 'starting' });
    try {
      const camera = await openCamera(facing);
      this.#camera = camera;
      void camera.ended.then(() => {
        if (this.#camera === camera) this.#set({ kind: 'trouble', trouble: 'camera-in-use' });
      });
      this.#set({
        kind: 'running',
        stream: camera.stream,
        facing: camera.facing,
        several: (await countCameras()) > 1,
        torch: camera.hasTorch ? 'off' : 'none',
      });
      this.#connect();
    } catch (error) {
      this.#set({ kind: 'trouble', trouble: cameraTrouble(error) }, String(error));
    }
  }

  /** Waits for a tap before it starts. */
  askForTap(): void {
    this.#set({ kind: 'tap' });
  }

  /** The element that shows the camera, or null when it goes. */
  set video(video: HTMLVideoElement | null) {
    this.#video = video;
    this.#connect();
  }

  /** The vision worker, once it is ready for frames; null when it goes. */
  set vision(vision: VisionClient | null) {
    this.#vision = vision;
    this.#connect();
  }

  async setTorch(on: boolean): Promise<void> {
    if (this.#state.kind !== 'running' || !this.#camera) return;
    await this.#camera.setTorch(on);
    this.#set({ ...this.#state, torch: on ? 'on' : 'off' });
  }

  stop(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
    this.#vision?.stop();
    const camera = this.#camera;
    this.#camera = null;
    camera?.stop();
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
