import type { VisionClient } from '@/lib/phone/recognition/VisionClient';
import { type Camera, countCameras, type Facing, feedFrames, openCamera } from './camera';
import { cameraProblem, type Problem } from './problem';

export type CameraState =
  | { kind: 'off' }
  /** The browser requires a tap first. */
  | { kind: 'tap' }
  | { kind: 'starting' }
  | { kind: 'running'; stream: MediaStream; facing: Facing; several: boolean; torch: 'none' | 'off' | 'on' }
  | { kind: 'problem'; problem: Problem };

/**
 * The camera of one visit. Opens and switches it, and sends its frames to the vision worker once camera, video element
 * and worker are there.
 */
export class CameraControl {
  readonly #onState: (state: CameraState, detail?: string) => void;
  #state: CameraState = { kind: 'off' };
  #camera: Camera | null = null;
  #video: HTMLVideoElement | null = null;
  #vision: VisionClient | null = null;
  #stopFrames: (() => void) | null = null;

  /** @param onState called on every change; `detail` is the browser's error message */
  constructor(onState: (state: CameraState, detail?: string) => void) {
    this.#onState = onState;
  }

  /** Starts the camera with this facing, after stopping a running one. */
  async start(facing: Facing): Promise<void> {
    this.stop();
    this.#set({ kind: 'starting' });
    try {
      const camera = await openCamera(facing);
      this.#camera = camera;
      void camera.ended.then(() => {
        if (this.#camera === camera) this.#set({ kind: 'problem', problem: 'camera-in-use' });
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
      this.#set({ kind: 'problem', problem: cameraProblem(error) }, String(error));
    }
  }

  /** Shows the prompt for a tap instead of starting. */
  askForTap(): void {
    this.#set({ kind: 'tap' });
  }

  /** The element that shows the camera; null when it is removed. */
  set video(video: HTMLVideoElement | null) {
    this.#video = video;
    this.#connect();
  }

  /** The vision worker once it is ready for frames; null when it is closed. */
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
