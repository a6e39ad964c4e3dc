import sharp from 'sharp';
import type { Bitmap } from '@/lib/shared/vision/types';
import type { Canvas, Reach } from './networks';
import { type Pass, planPasses, type Tile } from './passes';

/** What the detector is shown of a picture, and how its pixels relate to the picture's. */
export interface DetectorView extends Canvas {
  /** The picture's pixel at the view's pixel `(0, 0)`, and how many of its pixels one of the picture's takes. */
  left: number;
  top: number;
  scale: number;
  /** Width in pixels of the view below which a box does not count. */
  leastFace: number;
  reach: Reach;
}

/** Each channel of the grey that the networks see as nothing: the middle of their range. */
const GREY = 127;

/**
 * Every view of a picture that the detector is to look at, the finest first, each as soon as it is made: while the detector
 * looks at one, the next is cut.
 */
export function detectorViews(bitmap: Bitmap): Promise<DetectorView>[] {
  let source: Promise<Canvas> = Promise.resolve(bitmap);
  return planPasses(bitmap).flatMap((pass) => {
    // Each copy is made from the next finer one, which is already small.
    source = source.then((finer) => resize(finer, pass));
    const copy = source;
    return pass.tiles.map(async (tile) => cut(await copy, tile, pass));
  });
}

async function resize(source: Canvas, { width, height }: Pass): Promise<Canvas> {
  if (source.width === width && source.height === height) return source;
  const data = await picture(source).resize(width, height, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
  return { data, width, height };
}

/** The tile with its border: rows are copied here, as a pipeline of sharp's for each took as long as resizing. */
function cut(copy: Canvas, tile: Tile, pass: Pass): DetectorView {
  const left = Math.max(0, tile.left);
  const top = Math.max(0, tile.top);
  const right = Math.min(copy.width, tile.left + tile.width);
  const bottom = Math.min(copy.height, tile.top + tile.height);
  // A buffer of its own: it is handed over to a thread.
  const data = new Uint8Array(tile.width * tile.height * 3).fill(GREY);
  for (let row = top; row < bottom; row++) {
    const from = (row * copy.width + left) * 3;
    const to = ((row - tile.top) * tile.width + left - tile.left) * 3;
    data.set(copy.data.subarray(from, from + (right - left) * 3), to);
  }
  return {
    data,
    width: tile.width,
    height: tile.height,
    left: tile.left / pass.scale,
    top: tile.top / pass.scale,
    scale: pass.scale,
    leastFace: pass.leastFace,
    reach: pass.reach,
  };
}

function picture({ data, width, height }: Canvas) {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}
