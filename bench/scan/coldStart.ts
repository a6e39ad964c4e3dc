import type { Phone } from '../../e2e/scan/phone';
import { percentile } from '../lib/percentile';
import { longestBlock, watchBlocks } from './blocks';

const STARTS = 3;

/** Measures the time from opening the page to the first name, without a server and in a fresh browser. */
export async function coldStart(phone: Phone, url: string, faces: number) {
  const seconds: number[] = [];
  const blocks: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    await phone.restart({ film: 'franck' });
    await watchBlocks(phone.page);
    await phone.page.goto(url);
    seconds.push((await firstNameAt(phone)) / 1000);
    blocks.push(await longestBlock(phone.page));
  }
  return {
    measured: 'cold start without the server to the first name',
    starts: STARTS,
    faces,
    p50_seconds: percentile(seconds, 50),
    worst_seconds: Math.max(...seconds),
    aim_seconds: 3,
    longest_block_ms: Math.max(...blocks),
  };
}

/**
 * Returns the ms from opening the page to the first name. Observed in the page, because polling from outside would slow
 * it down.
 */
function firstNameAt({ page }: Phone): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const timer = setInterval(() => {
          if (!document.querySelector('[data-testid=recognition]')?.textContent) return;
          clearInterval(timer);
          resolve(performance.now());
        }, 5);
      }),
  );
}
