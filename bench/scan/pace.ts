import type { Phone } from '../../e2e/scan/phone';
import { faceApiDefault } from '../lib/faceApiDefault';
import { longestBlock } from './blocks';

const SECONDS = 10;

/** Measures frames per second and the longest block of the page, next to face-api on the same film. */
export async function pace(phone: Phone, { film, aim }: { film: 'franck' | 'three'; aim: number }) {
  await phone.isWarm();
  // Discard the tasks of the start, which the cold start measures.
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
  // So that only face-api uses the camera.
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
