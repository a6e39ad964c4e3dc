/// <reference lib="webworker" />
import { throttle } from '@/lib/phone/util/throttle';
import { type DownloadProgress, downloadAssets } from './assetCache';

declare const self: DedicatedWorkerGlobalScope;

export type FromDownloadWorker =
  | { type: 'progress'; progress: DownloadProgress }
  | { type: 'done' }
  /** `name` is the name of the error, such as that of a DOMException. */
  | { type: 'failed'; name: string; message: string };

/** Assembles, checks and caches the models off the page's thread. Starts by itself. */
downloadAssets(
  throttle(
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
