import type { DownloadProgress } from './assetCache';
import type { FromDownloadWorker } from './downloadWorker';

/**
 * Has a worker fetch and keep every model. Rejects with a DOMException of the name that the failure had
 * (`QuotaExceededError`, …).
 */
export function downloadBeside(onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const worker = new Worker(new URL('./downloadWorker.ts', import.meta.url), { type: 'module' });
  const ended = new Promise<void>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'the download did not start'));
    worker.onmessage = ({ data }: MessageEvent<FromDownloadWorker>) => {
      if (data.type === 'progress') onProgress(data.progress);
      else if (data.type === 'done') resolve();
      else reject(new DOMException(data.message, data.name));
    };
  });
  return ended.finally(() => worker.terminate());
}
