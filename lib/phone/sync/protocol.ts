import type { SyncOutcome, SyncProgress } from './syncOnce';

/** Between the page and the worker that keeps it in step with the server. */
export type ToSyncWorker = { type: 'sync'; appVersion: string; restart: boolean };

export type FromSyncWorker =
  /** It runs, and the browser has the language data that the page's lists need. */
  | { type: 'begun' }
  | { type: 'progress'; progress: SyncProgress }
  | { type: 'outcome'; outcome: SyncOutcome }
  | { type: 'failed'; message: string };
