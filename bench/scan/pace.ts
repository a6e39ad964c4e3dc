import type { Phone } from '../../e2e/scan/phone';
import { faceApiDefault } from '../lib/faceApiDefault';
import { longestBlock } from './blocks';

const SECONDS = 10;

/** Frames a second, and the longest the page was blocked meanwhile, beside face-api on the same film. */
export async function pace(phone: Phone, { film, aim }: { film: 'franck' | 'three'; aim: number }) {
  await phone.isWarm();
  // What starting took is told by the cold start.
  await longestBlock(phone.page);
  const { fps, faces } = await phone.page.evaluate(
    (seconds) =>
      new Promise<{ fps: number; faces: number }>((resolve) => {
        const at: number[] = [];
        let faces = 0;
        const stop = window.kithScan?.onFrame((report) => {
          at.push(report.at);
          faces += report.faces.length;
        });
        setTimeout(() => {
          stop?.();
          const elapsed = (at.at(-1) ?? 0) - (at[0] ?? 0);
          resolve({ fps: ((at.length - 1) * 1000) / elapsed, faces: faces / at.length });
        }, seconds * 1000);
      }),
    SECONDS,
  );
  const longest_block_ms = await longestBlock(phone.page);
  // The camera is for face-api alone then.
  await phone.page.goto('about:blank');
  const baseline = await faceApiDefault(phone.context, SECONDS);
  return {
    measured: 'frames a second',
    film,
    faces_followed: faces,
    fps,
    aim_fps: aim,
    baseline: 'face-api: SSD, 68 points, every face encoded',
    baseline_fps: baseline,
    ratio: fps / baseline,
    longest_block_ms,
  };
}
