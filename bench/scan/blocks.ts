import type { Page } from 'playwright';

declare global {
  interface Window {
    /** Tasks of the page's thread that took longer than 50 ms (W3C Long Tasks), in ms, since the page was opened. */
    longTasks: number[];
  }
}

/** Notes long tasks of every page that is opened from now on, from its first script. */
export async function watchBlocks(page: Page): Promise<void> {
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  `);
}

/** The longest task of the page's thread since it was opened or last asked, in ms; 0 when none took longer than 50. */
export function longestBlock(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)));
}

/** What Chromium's trace says of one task: times in microseconds, `tdur` those its thread was computing. */
interface Traced {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { data?: { url?: string } };
}

/**
 * Traces the page from now on. The answer ends that and says how long the task of its thread that computed longest did
 * so, in ms: what another machine's cores would have to do, without the time others took them away.
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
