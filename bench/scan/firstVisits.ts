import type { Phone } from '../../e2e/scan/phone';
import { longestBlock, watchBlocks, watchComputing } from './blocks';
import { openPhone } from './openPhone';

const VISITS = 10;
/** Additional traced visits. Tracing lengthens tasks, but not their CPU time. */
const TRACED_VISITS = 3;

/**
 * Measures the longest task of the page's thread on the first visit of a new phone, from the pairing link to the first
 * name and until it is ready for offline use.
 * @param pairingUrl creates a device and returns its link
 */
export async function firstVisits(pairingUrl: () => Promise<string>) {
  const visit = async (watch: (phone: Phone) => Promise<() => Promise<number>>) => {
    const phone = await openPhone('franck');
    const longest = await watch(phone);
    await phone.page.goto(await pairingUrl());
    await phone.recognises('Franck');
    await phone.isReadyForOffline();
    const ms = await longest();
    await phone.close();
    return ms;
  };
  const blocks: number[] = [];
  while (blocks.length < VISITS) {
    blocks.push(
      await visit(async ({ page }) => {
        await watchBlocks(page);
        return () => longestBlock(page);
      }),
    );
  }
  const computing: number[] = [];
  while (computing.length < TRACED_VISITS) computing.push(await visit(({ page }) => watchComputing(page)));
  return {
    measured: 'first visit, from the pairing link to being ready for offline',
    visits: VISITS,
    visits_blocked: blocks.filter((ms) => ms > 0).length,
    longest_block_ms: Math.max(...blocks),
    aim_ms: 50,
    longest_computing_ms: Math.max(...computing),
  };
}
