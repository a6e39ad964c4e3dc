import type { SyncOutcome, SyncProgress } from './syncOnce';

/** Messages between the page and the sync worker. */
export type ToSyncWorker = { type: 'sync'; appVersion: string; restart: boolean };

export type FromSyncWorker =
  /** The worker runs, and the browser has loaded the language data for the page's lists. */
  | { type: 'begun' }
  | { type: 'progress'; progress: SyncProgress }
  | { type: 'outcome'; outcome: SyncOutcome }
  | { type: 'failed'; message: string };
