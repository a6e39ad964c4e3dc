import { Restarts } from '@/lib/phone/util/Restarts';
import type { BackendChoice, BackendName } from '@/lib/phone/vision/backend';
import type { PipelineSettings } from '@/lib/phone/vision/protocol';
import { type Portrait, VisionClient, type VisionListener } from './VisionClient';

/** Key under which the chosen backend is stored. It describes the device, not a person. */
const BACKEND_KEY = 'kith-backend';

export interface VisionControlListener extends Omit<VisionListener, 'onReady'> {
  /** The networks are loaded and warm; `client` takes frames. */
  onReady(client: VisionClient, choice: BackendChoice, loadedMs: number): void;
  /** The worker ended and starts again. */
  onRestart(): void;
  /** Failed again and again, for a reason other than models that are still downloading. It is tried again all the same. */
  onFailed(detail: string): void;
}

/**
 * The vision worker of one visit. Starts it, and restarts it when it fails or stops, or when models arrive whose absence
 * made it fail.
 */
export class VisionControl {
  readonly #listener: VisionControlListener;
  readonly #restarts = new Restarts();
  #client: VisionClient | null = null;
  /** Set from `start` to `close`. While there is no client, the control waits for missing models, or to restart. */
  #settings: PipelineSettings | null = null;
  #isReady = false;
  #modelsArrive = false;
  #restart: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: VisionControlListener) {
    this.#listener = listener;
  }

  /** Starts the worker with the backend that was fastest on an earlier visit. */
  start(settings: PipelineSettings): void {
    this.#settings = settings;
    clearTimeout(this.#restart);
    this.#client?.close();
    this.#isReady = false;
    const client: VisionClient = new VisionClient({
      ...this.#listener,
      onReady: (choice, loadedMs) => {
        this.#isReady = true;
        localStorage.setItem(BACKEND_KEY, choice.backend);
        this.#listener.onReady(client, choice, loadedMs);
      },
      onFailed: (detail) => {
        if (this.#client === client) this.#afterFailure(detail);
      },
    });
    this.#client = client;
    client.start(rememberedBackend(), settings);
  }

  /** Ends the worker and starts another one: it has stopped giving results. */
  restart(): void {
    if (this.#settings) this.#afterFailure('recognition stopped giving results');
  }

  /** Settings of the server; used from the next frame on. */
  set settings(settings: PipelineSettings) {
    if (this.#settings) this.#settings = settings;
    if (this.#client) this.#client.settings = settings;
  }

  /** Whether missing models are still downloading, or will be. */
  set modelsArrive(arrive: boolean) {
    this.#modelsArrive = arrive;
    if (!arrive && this.#settings && !this.#client) this.start(this.#settings);
  }

  /** Returns the best picture of a face in sight; null when it is gone. */
  async capture(track: number): Promise<Portrait | null> {
    return (await this.#client?.capture(track)) ?? null;
  }

  /** Returns the encodings of a picture's faces. */
  async encode(picture: ImageBitmap) {
    return (await this.#client?.encode(picture)) ?? [];
  }

  /** Terminates the worker and clears the settings. It may be started again. */
  close(): void {
    clearTimeout(this.#restart);
    this.#client?.close();
    this.#client = null;
    this.#settings = null;
    this.#isReady = false;
  }

  #afterFailure(detail: string): void {
    const waitsForModels = !this.#isReady && this.#modelsArrive;
    this.#client?.close();
    this.#client = null;
    this.#isReady = false;
    if (waitsForModels) return;
    const wait = this.#restarts.failed(performance.now());
    if (wait > 0) this.#listener.onFailed(detail);
    else this.#listener.onRestart();
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => {
      if (this.#settings && !this.#client) this.start(this.#settings);
    }, wait);
  }
}

function rememberedBackend(): BackendName | null {
  const name = localStorage.getItem(BACKEND_KEY);
  return name === 'wasm' || name === 'webgl' || name === 'webgpu' ? name : null;
}
