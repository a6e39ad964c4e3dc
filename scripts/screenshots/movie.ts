import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { expectHidden } from './hideFaces';

/** Minimum time between two frames, ms. */
const FRAME_MS = 160;
/** How long the last frame stays, ms. */
const LAST_MS = 2500;
/** Maximum time that an unchanged frame stays, ms. Viewers should not wait for a page. */
const STILL_MS = 1800;

interface Frame {
  picture: Buffer;
  /** When the frame was taken, ms. */
  at: number;
}

/** Photographs a page again and again while `act` runs on it. Returns the frames that differ from those before. */
export async function filmPage(page: Page, act: () => Promise<void>): Promise<Frame[]> {
  const frames: Frame[] = [];
  let running = true;
  const camera = (async () => {
    while (running) {
      const at = performance.now();
      await expectHidden(page);
      const picture = await page.screenshot({ type: 'png', scale: 'css' });
      if (!frames.at(-1)?.picture.equals(picture)) frames.push({ picture, at });
      await delay(Math.max(0, FRAME_MS - (performance.now() - at)));
    }
  })();
  try {
    await act();
  } finally {
    running = false;
    await camera;
  }
  return frames;
}

/**
 * Writes frames as an animated WebP that repeats for ever.
 * @param width of the film, pixels
 * @returns the bytes written
 */
export async function writeMovie(frames: readonly Frame[], file: string, width: number): Promise<number> {
  const pictures = await Promise.all(frames.map(({ picture }) => sharp(picture).resize({ width }).png().toBuffer()));
  const delays = frames.map(({ at }, i) => {
    const next = frames[i + 1];
    return next ? Math.round(Math.min(STILL_MS, next.at - at)) : LAST_MS;
  });
  const { size } = await sharp(pictures, { join: { animated: true } })
    .webp({ quality: 70, effort: 5, loop: 0, delay: delays })
    .toFile(file);
  return size;
}
