import type { Phone } from '../../e2e/scan/phone';
import { longestBlock } from './blocks';

/** Timeout for a gallery of 100,000 on a busy machine, ms. */
const PATIENCE_MS = 120_000;

/**
 * Measures the time from the pairing until the gallery is stored, and until it is searchable; and the transfer size per
 * face.
 */
export async function arrival(phone: Phone, url: string, faces: number) {
  const sizes: Promise<number>[] = [];
  phone.context.on('requestfinished', (request) => {
    if (request.url().includes('/faces/sync')) sizes.push(request.sizes().then((size) => size.responseBodySize));
  });
  await phone.page.goto(url);
  // Read in the page, because polling from outside would disturb the measurement.
  const times = await phone.page.evaluate(
    ({ wanted, patience }) =>
      new Promise<{ kept: number; searched: number }>((resolve, reject) => {
        const opened = performance.now();
        let paired: number | null = null;
        let kept: number | null = null;
        const timer = setInterval(() => {
          const now = performance.now();
          const { sync, phase, gallery } = window.kithScan?.state ?? {};
          if (phase === 'paired') paired ??= now;
          if (paired !== null && sync?.succeededAt != null) kept ??= now - paired;
          const isSearched = (gallery?.faces ?? 0) >= wanted;
          if (now - opened > patience) reject(new Error(`${gallery?.faces} faces arrived`));
          else if (paired === null || kept === null || !isSearched) return;
          else resolve({ kept, searched: now - paired });
          clearInterval(timer);
        }, 5);
      }),
    { wanted: faces, patience: PATIENCE_MS },
  );
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return {
    measured: 'gallery arrives',
    faces,
    seconds: times.kept / 1000,
    aim_seconds: faces <= 10_000 ? 3 : null,
    searched_after_seconds: times.searched / 1000,
    bytes_per_face: bytes / faces,
    aim_bytes: 560,
    pages: sizes.length,
    longest_block_ms: await longestBlock(phone.page),
  };
}
