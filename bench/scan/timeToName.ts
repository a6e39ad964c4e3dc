import type { Phone } from '../../e2e/scan/phone';
import { percentile } from '../lib/percentile';

const SECONDS = 30;

/** Measures the time from the first frame with a face to the name on the screen, for each appearance. */
export async function timeToName(phone: Phone) {
  await phone.isWarm();
  const times = await phone.page.evaluate(
    (seconds) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let appeared: number | null = null;
        let named = false;
        const stop = window.kithScan?.onFrame(({ faces, timing }) => {
          const now = performance.now();
          if (faces.length === 0) {
            appeared = null;
            named = false;
            return;
          }
          appeared ??= now - timing.total;
          if (!named && faces.some(({ label }) => label.kind === 'known')) {
            named = true;
            times.push(now - appeared);
          }
        });
        setTimeout(() => {
          stop?.();
          resolve(times);
        }, seconds * 1000);
      }),
    SECONDS,
  );
  return {
    measured: 'from a face appearing to its name',
    times: times.length,
    p50_ms: percentile(times, 50),
    worst_ms: Math.max(...times),
    aim_ms: 600,
  };
}
