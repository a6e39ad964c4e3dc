import sharp from 'sharp';
import type { Bitmap } from '@/lib/shared/vision/types';
import type { Canvas } from './networks';
import { coarsestLevel, type PyramidLevel, pyramidLevels, type Tile } from './pyramid';
import { TURNS, type Turn } from './turn';

/** The detector's input for a part of a picture, with its transform to the picture. */
export interface DetectorView extends Canvas {
  /** The picture's coordinates of the view's pixel `(0, 0)`, and the number of picture pixels per pixel of the view. */
  left: number;
  top: number;
  scale: number;
  /** Maximum width of a valid box, in pixels of the view. */
  maxFaceWidth: number;
  /** The clockwise turn of the copy. The coordinates are those of the turned picture. */
  turn: Turn;
}

/** Each channel of the neutral grey: the middle of the networks' input range. */
const GREY = 127;

/**
 * Returns every detector view of a picture, the finest first. Each promise resolves as soon as its view is cut, so that
 * detection of one view overlaps with cutting the next.
 */
export function detectorViews(bitmap: Bitmap): Promise<DetectorView>[] {
  let source: Promise<Canvas> = Promise.resolve(bitmap);
  return pyramidLevels(bitmap).flatMap((level) => {
    // Each copy is downscaled from the next finer one, which is already small.
    source = source.then((finer) => resize(finer, level));
    const copy = source;
    return level.tiles.map(async (tile) => cut(await copy, tile, level));
  });
}

/** Returns the coarsest view of a picture turned by 90, 180 and 270 degrees. */
export async function turnedViews(bitmap: Bitmap): Promise<DetectorView[]> {
  const copy = await resize(bitmap, coarsestLevel(bitmap));
  return Promise.all(
    TURNS.map(async (turn) => {
      const { data, info } = await picture(copy).rotate(turn).raw().toBuffer({ resolveWithObject: true });
      const turned = { data, width: info.width, height: info.height };
      const level = coarsestLevel(turn === 180 ? bitmap : { width: bitmap.height, height: bitmap.width });
      return cut(turned, level.tiles[0], level, turn);
    }),
  );
}

async function resize(source: Canvas, { width, height }: PyramidLevel): Promise<Canvas> {
  if (source.width === width && source.height === height) return source;
  const data = await picture(source).resize(width, height, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
  return { data, width, height };
}

/** Cuts a tile with its border. Rows are copied here, because one sharp pipeline per tile took as long as resizing. */
function cut(copy: Canvas, tile: Tile, level: PyramidLevel, turn: Turn = 0): DetectorView {
  const left = Math.max(0, tile.left);
  const top = Math.max(0, tile.top);
  const right = Math.min(copy.width, tile.left + tile.width);
  const bottom = Math.min(copy.height, tile.top + tile.height);
  // A separate buffer, because it is transferred to a thread.
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
    left: tile.left / level.scale,
    top: tile.top / level.scale,
    scale: level.scale,
    maxFaceWidth: level.maxFaceWidth,
    turn,
  };
}

function picture({ data, width, height }: Canvas) {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}
