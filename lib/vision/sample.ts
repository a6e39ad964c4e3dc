import type { Pixels, Similarity } from './align';
import { mapPoint } from './align';

/**
 * Cuts the `size × size` target of a similarity out of a picture: RGB bytes, bilinear, the edge pixel continued where
 * the target reaches beyond the picture. A picture much larger than its target is halved first (as dlib's image
 * pyramid does), so that nothing aliases.
 */
export function sampleSquare(picture: Pixels, similarity: Similarity, size: number, out?: Uint8Array): Uint8Array {
  const target = out ?? new Uint8Array(size * size * 3);
  const scale = Math.hypot(similarity.a, similarity.b);
  if (scale < 2) {
    bilinear(picture, similarity, size, target);
    return target;
  }
  const { pixels, left, top, factor } = halved(picture, similarity, size, Math.floor(Math.log2(scale)));
  bilinear(
    pixels,
    {
      a: similarity.a / factor,
      b: similarity.b / factor,
      x: (similarity.x - left) / factor,
      y: (similarity.y - top) / factor,
    },
    size,
    target,
  );
  return target;
}

function bilinear(
  { data, width, height, channels }: Pixels,
  { a, b, x, y }: Similarity,
  size: number,
  out: Uint8Array,
) {
  const lastColumn = width - 1;
  const lastRow = height - 1;
  let next = 0;
  for (let v = 0; v < size; v++) {
    // Pixel middles: target (u + ½, v + ½), picture minus ½.
    let px = a * 0.5 - b * (v + 0.5) + x - 0.5;
    let py = b * 0.5 + a * (v + 0.5) + y - 0.5;
    for (let u = 0; u < size; u++) {
      const cx = Math.min(Math.max(px, 0), lastColumn);
      const cy = Math.min(Math.max(py, 0), lastRow);
      const column = cx | 0;
      const row = cy | 0;
      const fx = cx - column;
      const fy = cy - row;
      const upper = (row * width + column) * channels;
      const right = column < lastColumn ? channels : 0;
      const lower = row < lastRow ? upper + width * channels : upper;
      const w00 = (1 - fx) * (1 - fy);
      const w10 = fx * (1 - fy);
      const w01 = (1 - fx) * fy;
      const w11 = fx * fy;
      for (let c = 0; c < 3; c++) {
        const value =
          byte(data, upper + c) * w00 +
          byte(data, upper + right + c) * w10 +
          byte(data, lower + c) * w01 +
          byte(data, lower + right + c) * w11;
        out[next++] = value + 0.5;
      }
      px += a;
      py += b;
    }
  }
}

interface Halved {
  pixels: Pixels;
  /** Where its upper left corner lies in the picture. */
  left: number;
  top: number;
  /** Pixels of the picture to one of its own. */
  factor: number;
}

/** The part of the picture under the target, averaged over squares of `2^times` pixels. */
function halved(picture: Pixels, similarity: Similarity, size: number, times: number): Halved {
  const factor = 2 ** times;
  const corners = [
    mapPoint(similarity, 0, 0),
    mapPoint(similarity, size, 0),
    mapPoint(similarity, 0, size),
    mapPoint(similarity, size, size),
  ];
  const [left, right] = span(
    corners.map(([x]) => x),
    picture.width,
    factor,
  );
  const [top, bottom] = span(
    corners.map(([, y]) => y),
    picture.height,
    factor,
  );
  const width = Math.max(1, Math.ceil((right - left) / factor));
  const height = Math.max(1, Math.ceil((bottom - top) / factor));
  const data = new Uint8Array(width * height * 3);
  const { channels } = picture;
  let next = 0;
  for (let row = 0; row < height; row++) {
    const firstY = Math.min(top + row * factor, picture.height - 1);
    const lastY = Math.min(firstY + factor, picture.height);
    for (let column = 0; column < width; column++) {
      const firstX = Math.min(left + column * factor, picture.width - 1);
      const lastX = Math.min(firstX + factor, picture.width);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = firstY; y < lastY; y++) {
        let i = (y * picture.width + firstX) * channels;
        for (let x = firstX; x < lastX; x++) {
          r += byte(picture.data, i);
          g += byte(picture.data, i + 1);
          b += byte(picture.data, i + 2);
          i += channels;
        }
      }
      const half = 0.5;
      const count = (lastX - firstX) * (lastY - firstY);
      data[next++] = r / count + half;
      data[next++] = g / count + half;
      data[next++] = b / count + half;
    }
  }
  return { pixels: { data, width, height, channels: 3 }, left, top, factor };
}

/** The first and last pixel under the target, one square more on each side, on the grid of squares. */
function span(values: number[], limit: number, factor: number): [number, number] {
  const clamp = (value: number) => Math.min(Math.max(value, 0), limit);
  const first = clamp(Math.floor(Math.min(...values) / factor - 1) * factor);
  const last = clamp(Math.ceil(Math.max(...values) / factor + 1) * factor);
  return [Math.min(first, limit - 1), Math.max(last, first + 1)];
}

function byte(data: Uint8Array | Uint8ClampedArray, i: number): number {
  return data[i] as number;
}
