import type { BackendChoice } from '@/lib/phone/vision/backend';
import type { FrameReport, FromWorker, PipelineSettings, ToWorker } from '@/lib/phone/vision/protocol';
import type { Position } from '@/lib/shared/vision/types';

export interface VisionListener {
  onReady(choice: BackendChoice, loadedMs: number): void;
  onGallery(gallery: { faces: number; people: number }): void;
  onFrame(report: FrameReport): void;
  onFailed(message: string): void;
}

export interface Portrait {
  picture: Blob;
  encoding: Float32Array;
}

/** The page's interface to the vision worker. */
export class VisionClient {
  readonly #worker = new Worker(new URL('./visionWorker.ts', import.meta.url), { type: 'module' });
  readonly #captures = new Map<number, (portrait: Portrait | null) => void>();
  readonly #requests = new Map<number, (faces: { position: Position; encoding: Float32Array }[]) => void>();
  #isIdle = true;
  #nextRequest = 1;

  constructor(listener: VisionListener) {
    this.#worker.onerror = ({ message }) => listener.onFailed(message || 'the vision worker did not start');
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data, listener);
  }

  /** Whether the worker has reported on the last picture, so that the next may be sent. */
  get isIdle(): boolean {
    return this.#isIdle;
  }

  start(remembered: BackendChoice['backend'] | null, settings: PipelineSettings): void {
    this.#post({ type: 'start', remembered, settings });
  }

  set settings(settings: PipelineSettings) {
    this.#post({ type: 'settings', settings });
  }

  follow(readable: ReadableStream<VideoFrame>): void {
    this.#post({ type: 'stream', readable }, [readable]);
  }

  see(picture: ImageBitmap): void {
    this.#isIdle = false;
    this.#post({ type: 'picture', picture }, [picture]);
  }

  stop(): void {
    this.#isIdle = true;
    this.#post({ type: 'stop' });
  }

  /** Returns the best picture of a tracked face; null when its track has ended. */
  capture(track: number): Promise<Portrait | null> {
    return new Promise((resolve) => {
      this.#captures.set(track, resolve);
      this.#post({ type: 'capture', track });
    });
  }

  /** Returns the encodings of all faces of a single picture. */
  encode(picture: ImageBitmap): Promise<{ position: Position; encoding: Float32Array }[]> {
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#requests.set(request, resolve);
      this.#post({ type: 'encode', request, picture }, [picture]);
    });
  }

  /** Ends the worker. Captures that it has not answered give null. */
  close(): void {
    this.#worker.terminate();
    for (const resolve of this.#captures.values()) resolve(null);
    this.#captures.clear();
  }

  #hear(message: FromWorker, listener: VisionListener): void {
    switch (message.type) {
      case 'ready':
        listener.onReady(message.choice, message.loadedMs);
        break;
      case 'gallery':
        listener.onGallery(message);
        break;
      case 'frame':
        this.#isIdle = true;
        listener.onFrame(message);
        break;
      case 'captured': {
        const { picture, encoding } = message;
        this.#captures.get(message.track)?.(picture && encoding ? { picture, encoding } : null);
        this.#captures.delete(message.track);
        break;
      }
      case 'encoded':
        this.#requests.get(message.request)?.(message.faces);
        this.#requests.delete(message.request);
        break;
      case 'failed':
        listener.onFailed(message.message);
        break;
    }
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
