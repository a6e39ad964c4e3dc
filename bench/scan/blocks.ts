import type { Page } from 'playwright';

declare global {
  interface Window {
    /** Tasks of the page's thread that took longer than 50 ms (W3C Long Tasks), in ms, since the page was opened. */
    longTasks: number[];
  }
}

/** Records the long tasks of every page opened from now on, from its first script. */
export async function watchBlocks(page: Page): Promise<void> {
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  `);
}

/**
 * Returns the longest task of the page's thread since it was opened or since the last call, in ms; 0 when none exceeded
 * 50.
 */
export function longestBlock(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)));
}

/** A task in Chromium's trace. Times in microseconds; `tdur` is the CPU time of its thread. */
interface Traced {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { data?: { url?: string } };
}

/**
 * Starts tracing the page. The returned function stops it and returns the longest CPU time of a task of the page's
 * thread, in ms. Unlike wall time, it excludes the time in which other processes used the cores.
 */
export async function watchComputing(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  const events: Traced[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Traced[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'], excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    const thread = events.find(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.includes('/_next/'));
    const tasks = events.filter(
      ({ name, ph, pid, tid }) => pid === thread?.pid && tid === thread.tid && ph === 'X' && name.endsWith('RunTask'),
    );
    return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
  };
}
