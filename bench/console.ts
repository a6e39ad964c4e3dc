/*
 * npm run bench:console [-- --samples=100000 --pages=60]
 *
 * Measures the console's list of samples in Chromium, against the built server on this machine, with that many samples
 * of synthetic people. Measures the time to the first rows, and the time of a search, a filter and a change of order.
 * For grid and table: the time of a page loaded by scrolling, the longest block of the browser, and the number of
 * elements in the document at the end. The baseline is the account page, opened in the same run, which has no list.
 * Prints one line of JSON each.
 */
import { parseArgs } from 'node:util';
import { chromium, type Locator, type Page } from 'playwright';
import { browserLaunch } from '../e2e/fixtures/browser';
import { ADMIN, ConsolePage } from '../e2e/pages/ConsolePage';
import { withServer } from './lib/benchServer';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';

const ROUNDS = 5;
const { values } = parseArgs({
  options: { samples: { type: 'string', default: '100000' }, pages: { type: 'string', default: '60' } },
});
const about = { samples: Number(values.samples) };

await withServer({ samples: about.samples, env: ADMIN }, async ({ url }) => {
  const browser = await chromium.launch(browserLaunch().launchOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(60_000);
    const console = new ConsolePage(page, url);
    await console.signIn();
    const baseline = await times(async () => {
      await console.open('/account');
      await page.getByRole('heading', { name: 'Account' }).waitFor();
    });
    printLine({ ...about, step: 'open the account page (baseline)', ...summary(baseline) });
    for (const view of ['grid', 'table']) {
      const opened = await times(async () => {
        await console.open(`/samples?view=${view}`);
        await firstSample(page).waitFor();
      });
      printLine({
        ...about,
        step: `open, ${view}`,
        ...summary(opened),
        ratio: percentile(opened, 50) / percentile(baseline, 50),
      });
      await change(page, `search, ${view}`, (round) => page.getByLabel('Search samples').fill(`kowalski ${round}`));
      await change(page, `order, ${view}`, (round) =>
        page.getByLabel('Sort').selectOption(['worst', 'best'][round % 2] as string),
      );
      await change(page, `filter, ${view}`, (round) =>
        page.getByLabel('Quality').selectOption(['good', 'fair'][round % 2] as string),
      );
      await console.open(`/samples?view=${view}`);
      await scroll(page, view);
    }
  } finally {
    await browser.close();
  }
});

/** Measures the time from a change of the query to its list on the screen. The URL changes when the list is there. */
async function change(page: Page, step: string, act: (round: number) => Promise<unknown>): Promise<void> {
  const took = await times(async (round) => {
    const before = page.url();
    await act(round);
    await page.waitForURL((address) => address.href !== before);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  });
  printLine({ ...about, step, ...summary(took) });
}

/** Scrolls to the end repeatedly; each time loads a page. */
async function scroll(page: Page, view: string): Promise<void> {
  await firstSample(page).waitFor();
  await page.evaluate(() => {
    const blocked: number[] = [];
    Object.assign(window, { blocked });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked.push(duration);
    }).observe({ type: 'longtask' });
  });
  const took: number[] = [];
  for (let n = 0; n < Number(values.pages); n++) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const started = performance.now();
    await page.evaluate((to) => window.scrollTo(0, to), height);
    await page.waitForFunction((before) => document.documentElement.scrollHeight > before, height);
    took.push(performance.now() - started);
  }
  const { blocked, elements } = await page.evaluate(() => ({
    blocked: Math.max(0, ...(window as unknown as { blocked: number[] }).blocked),
    elements: document.querySelectorAll('*').length,
  }));
  const few = Math.ceil(took.length / 10);
  printLine({
    ...about,
    step: `scroll ${took.length} pages, ${view}`,
    p50_ms: percentile(took, 50),
    p95_ms: percentile(took, 95),
    first_tenth_ms: percentile(took.slice(0, few), 50),
    last_tenth_ms: percentile(took.slice(-few), 50),
    longest_blocked_ms: blocked,
    elements,
  });
}

function firstSample(page: Page): Locator {
  return page.getByRole('button', { name: /^Open sample/ }).first();
}

async function times(run: (round: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    await run(round);
    took.push(performance.now() - started);
  }
  // Drop the first one, which also fills the caches of browser and server.
  return took.slice(1);
}

function summary(took: number[]): { p50_ms: number; p95_ms: number } {
  return { p50_ms: percentile(took, 50), p95_ms: percentile(took, 95) };
}
