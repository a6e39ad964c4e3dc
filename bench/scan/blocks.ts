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
