import type { FromSyncWorker, ToSyncWorker } from './protocol';
import { Schedule } from './Schedule';
import type { SyncOutcome, SyncProgress } from './syncOnce';

/** What the page is told of a sync. `failed`: this phone, not the connection; the worker is started again. */
export type ClientOutcome = SyncOutcome | { kind: 'failed'; reason: string };

export interface SyncListener {
  onProgress(progress: SyncProgress): void;
  onOutcome(outcome: ClientOutcome): void;
}

/** Delay between storing a recognition and sending it, ms, so that more can be sent together. */
const BATCH_DELAY_MS = 1_500;
/** Interval before the server's settings are known, seconds. */
const SYNC_SECONDS = 30;
/** A worker that is to sync and says nothing for so long hangs, ms. Each of its requests ends after 20 seconds. */
const SILENCE_MS = 120_000;

/** Outcomes after which nothing is sent until this phone is paired again. */
const ENDS = new Set<ClientOutcome['kind']>(['revoked', 'unpaired', 'unknown-token']);

/** Syncs this phone while the page is open: at the start, when the connection returns, and at an interval. */
export class SyncClient {
  /** Null from a failure to the next sync, which has a worker of its own: one that cannot start is not started in a loop. */
  #worker: Worker | null;
  readonly #listener: SyncListener;
  readonly #schedule = new Schedule();
  readonly #appVersion: string;
  readonly #online = () => this.syncNow();
  /** Resolves when the worker has started or failed to start. */
  readonly begun: Promise<void>;
  /** Resolves when the first sync has ended, successfully or not. */
  readonly firstRound: Promise<void>;
  #begin = () => {};
  #endFirstRound = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #due = Number.POSITIVE_INFINITY;
  #running = false;
  #again = false;
  /** All faces are to be fetched again, and the running sync does so. */
  #restart = false;
  #restarting = false;
  #stopped = false;
  #failing = false;

  constructor({ appVersion, listener }: { appVersion: string; listener: SyncListener }) {
    this.#appVersion = appVersion;
    this.#listener = listener;
    this.firstRound = new Promise((resolve) => {
      this.#endFirstRound = resolve;
    });
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#worker = this.#startWorker();
    addEventListener('online', this.#online);
  }

  syncNow(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#due = Number.POSITIVE_INFINITY;
    this.#again = this.#running;
    if (this.#running) return;
    this.#running = true;
    this.#listen();
    this.#restarting = this.#restart;
    const message = { type: 'sync', appVersion: this.#appVersion, restart: this.#restart } satisfies ToSyncWorker;
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(message);
  }

  /** Fetches all faces again, because some of those here are damaged. Remembered until a sync has done so. */
  fetchAgain(): void {
    this.#restart = true;
    this.syncNow();
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
    clearTimeout(this.#silence);
    removeEventListener('online', this.#online);
    this.#worker?.terminate();
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onerror = ({ message }) => {
      this.#begin();
      if (worker === this.#worker) this.#dropWorker(message || 'the sync worker ended');
    };
    worker.onmessage = ({ data }: MessageEvent<FromSyncWorker>) => {
      if (data.type === 'begun') this.#begin();
      else this.#hear(data);
    };
    return worker;
  }

  /** A terminated worker lets go of its lock, and every write of it is a transaction: nothing is half done. */
  #dropWorker(reason: string): void {
    if (this.#stopped) return;
    this.#worker?.terminate();
    this.#worker = null;
    this.#settle({ kind: 'failed', reason });
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#dropWorker('the sync worker did not answer'), SILENCE_MS);
  }

  #hear(message: Exclude<FromSyncWorker, { type: 'begun' }>): void {
    if (message.type === 'progress') {
      this.#listen();
      this.#listener.onProgress(message.progress);
      return;
    }
    this.#settle(message.type === 'outcome' ? message.outcome : { kind: 'failed', reason: message.message });
  }

  #settle(outcome: ClientOutcome): void {
    clearTimeout(this.#silence);
    this.#running = false;
    this.#endFirstRound();
    if (outcome.kind === 'done' && this.#restarting) this.#restart = false;
    this.#listener.onOutcome(outcome);
    if (this.#stopped || ENDS.has(outcome.kind)) return;
    this.#failing = outcome.kind === 'offline' || outcome.kind === 'full' || outcome.kind === 'failed';
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
