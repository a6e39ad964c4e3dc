import type { DownloadProgress } from './assetCache';
import type { FromDownloadWorker } from './downloadWorker';

/**
 * Downloads every model in a worker, off the page's thread. Rejects with a DOMException of the original failure's name
 * (`QuotaExceededError`, …).
 */
export function downloadInWorker(onProgress: (progress: DownloadProgress) => void): Promise<void> {
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
