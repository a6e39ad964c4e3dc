import type { Phone } from '../../e2e/scan/phone';
import { longestBlock, watchBlocks, watchComputing } from './blocks';
import { openPhone } from './openPhone';

const VISITS = 10;
/** Further visits, traced: tracing itself makes tasks take longer, but not compute longer. */
const TRACED_VISITS = 3;

/**
 * The longest task of the page's thread on the first visit of a phone that has nothing yet: from the pairing link to the
 * first name and to being ready for offline.
 * @param pairingUrl makes a device and answers its link
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
