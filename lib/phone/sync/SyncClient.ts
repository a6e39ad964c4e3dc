import type { FromSyncWorker, ToSyncWorker } from './protocol';
import { Schedule } from './Schedule';
import type { SyncOutcome, SyncProgress } from './syncOnce';

export interface SyncListener {
  onProgress(progress: SyncProgress): void;
  onOutcome(outcome: SyncOutcome): void;
}

/** Delay between storing a recognition and sending it, ms, so that more can be sent together. */
const BATCH_DELAY_MS = 1_500;
/** Interval before the server's settings are known, seconds. */
const SYNC_SECONDS = 30;

/** Syncs this phone while the page is open: at the start, when the connection returns, and at an interval. */
export class SyncClient {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  readonly #schedule = new Schedule();
  readonly #appVersion: string;
  readonly #online = () => this.syncNow();
  /** Resolves when the worker has started or failed to start. */
  readonly begun: Promise<void>;
  /** Resolves when the first sync has ended, successfully or not. */
  readonly firstRound: Promise<void>;
  #endFirstRound = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Number.POSITIVE_INFINITY;
  #running = false;
  #again = false;
  #stopped = false;
  #failing = false;

  constructor({ appVersion, listener }: { appVersion: string; listener: SyncListener }) {
    this.#appVersion = appVersion;
    this.firstRound = new Promise((resolve) => {
      this.#endFirstRound = resolve;
    });
    this.begun = new Promise((resolve) => {
      this.#worker.onerror = () => resolve();
      this.#worker.onmessage = ({ data }: MessageEvent<FromSyncWorker>) => {
        if (data.type === 'begun') resolve();
        else this.#hear(data, listener);
      };
    });
    addEventListener('online', this.#online);
  }

  syncNow(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#due = Number.POSITIVE_INFINITY;
    this.#again = this.#running;
    if (this.#running) return;
    this.#running = true;
    this.#worker.postMessage({ type: 'sync', appVersion: this.#appVersion } satisfies ToSyncWorker);
  }

  /**
   * Schedules a sync for data that waits. It is delayed, because more may follow, and respects the backoff after a
   * failure.
   */
  syncSoon(): void {
    if (this.#failing) return;
    this.#after(BATCH_DELAY_MS);
  }

  close(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#online);
    this.#worker.terminate();
  }

  #hear(message: Exclude<FromSyncWorker, { type: 'begun' }>, listener: SyncListener): void {
    if (message.type === 'progress') {
      listener.onProgress(message.progress);
      return;
    }
    this.#running = false;
    this.#endFirstRound();
    const outcome: SyncOutcome =
      message.type === 'outcome' ? message.outcome : { kind: 'offline', retryAfter: null, reason: message.message };
    listener.onOutcome(outcome);
    if (this.#stopped || outcome.kind === 'revoked' || outcome.kind === 'unpaired') return;
    this.#failing = outcome.kind === 'offline' || outcome.kind === 'full';
    if (this.#again) this.syncNow();
    else if (outcome.kind === 'done') this.#after(this.#schedule.succeeded(outcome.settings.sync_seconds));
    else if (outcome.kind === 'busy') this.#after(SYNC_SECONDS * 1000);
    else this.#after(this.#schedule.failed(outcome.kind === 'offline' ? outcome.retryAfter : null));
  }

  /** Schedules a sync, unless an earlier one is scheduled. */
  #after(milliseconds: number): void {
    const due = performance.now() + milliseconds;
    if (due >= this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.syncNow(), milliseconds);
  }
}
