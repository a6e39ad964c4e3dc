/// <reference lib="webworker" />
import { nowAndThen } from '@/lib/phone/util/nowAndThen';
import { type DownloadProgress, downloadAssets } from './assetCache';

declare const self: DedicatedWorkerGlobalScope;

export type FromDownloadWorker =
  | { type: 'progress'; progress: DownloadProgress }
  | { type: 'done' }
  /** `name` is that of the DOMException, where it was one. */
  | { type: 'failed'; name: string; message: string };

/** Megabytes are put together, checked and kept here, beside the page. Begins by itself. */
downloadAssets(
  nowAndThen(
    (progress) => post({ type: 'progress', progress }),
    ({ done, total }) => done === total,
  ),
).then(
  () => post({ type: 'done' }),
  (error: unknown) => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    post({ type: 'failed', name, message });
  },
);

function post(message: FromDownloadWorker): void {
  self.postMessage(message);
}
