import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { type Thread, threadsOf } from './threadsOf';

/** Sampling interval, ms. */
const EVERY_MS = 10_000;
/** Samples of the first half minute, in which caches still fill. */
const SETTLING = 3;

/**
 * Measures whether memory grows while the page recognises: the memory of its process, including WebAssembly, and the
 * JavaScript heaps of all its threads after a garbage collection. (`Runtime.queryObjects`, which could list a worker's
 * WebAssembly memories, crashes Chromium's page.)
 */
export async function memory(page: Page, minutes: number) {
  const threads = await threadsOf(page);
  await page.waitForTimeout(SETTLING * EVERY_MS);
  const first = await heapsOf(threads);
  const resident: number[] = [];
  for (let looks = (minutes * 60_000) / EVERY_MS; looks > 0; looks--) {
    resident.push(await residentMegabytes(page));
    await page.waitForTimeout(EVERY_MS);
  }
  const last = await heapsOf(threads);
  return {
    measured: 'memory',
    minutes,
    threads: threads.length,
    heap_first_mb: first,
    heap_last_mb: last,
    process_first_mb: resident[0] ?? null,
    process_last_mb: resident.at(-1) ?? null,
    process_least_mb: Math.min(...resident),
    process_most_mb: Math.max(...resident),
    process_least_by_minute_mb: byMinute(resident)
      .map((looks) => Math.round(Math.min(...looks)))
      .join(' '),
    baseline: 'the same page half a minute after it began',
    ratio: last / first,
  };
}

function byMinute(looks: number[]): number[][] {
  const each = 60_000 / EVERY_MS;
  return Array.from({ length: Math.ceil(looks.length / each) }, (_, minute) =>
    looks.slice(minute * each, (minute + 1) * each),
  );
}

/** Returns the JavaScript objects and array buffers of all threads together, in MB. */
async function heapsOf(threads: Thread[]): Promise<number> {
  let bytes = 0;
  for (const thread of threads) {
    await thread.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await thread.send('Runtime.getHeapUsage');
    bytes += Number(usedSize) + Number(backingStorageSize);
  }
  return bytes / 1e6;
}

/**
 * Returns the resident memory of the largest renderer, which is that of the page with its workers, in MB. @throws Error
 * on systems other than Linux
 */
async function residentMegabytes(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('the browser has no DevTools session');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = await Promise.all(renderers.map(({ id }) => readFile(`/proc/${id}/status`, 'utf8').catch(() => '')));
  return Math.max(...sizes.map((status) => Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000));
}
