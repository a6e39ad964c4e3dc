import type { Pixels, Similarity } from './align';
import { mapPoint } from './align';

/** Extra margin of a cached part, as a fraction of its longer side: the next square of the same face lies close by. */
const CACHE_MARGIN = 0.125;

/**
 * Crops squares from a picture. A square much larger than its target is downscaled by halves first, like dlib's image
 * pyramid, so that it does not alias. The downscaled part is cached for the next square inside it, because a face is
 * sampled several times.
 */
export class Sampler {
  /** The last downscaled part, by the number of halvings. */
  readonly #downscaled = new Map<number, Downscaled>();

  constructor(private readonly picture: Pixels) {}

  /**
   * Returns the `size × size` target of a similarity as RGB bytes. Bilinear; outside the picture the edge pixels are
   * repeated.
   */
  square(similarity: Similarity, size: number): Uint8Array {
    const scale = Math.hypot(similarity.a, similarity.b);
    if (scale < 2) return bilinear(this.picture, similarity, size);
    const { pixels, left, top, factor } = this.#part(similarity, size, Math.floor(Math.log2(scale)));
    return bilinear(
      pixels,
      {
        a: similarity.a / factor,
        b: similarity.b / factor,
        x: (similarity.x - left) / factor,
        y: (similarity.y - top) / factor,
      },
      size,
    );
  }

  /** Returns the part of the picture under the target, averaged over squares of `2^times` pixels. */
  #part(similarity: Similarity, size: number, times: number): Downscaled {
    const factor = 2 ** times;
    const needed = partUnder(this.picture, similarity, size, factor, 0);
    const known = this.#downscaled.get(times);
    if (known && contains(known, needed)) return known;
    const margin = Math.ceil(Math.max(needed.right - needed.left, needed.bottom - needed.top) * CACHE_MARGIN);
    const part = partUnder(this.picture, similarity, size, factor, margin);
    const made = { ...part, factor, pixels: average(this.picture, part, factor) };
    this.#downscaled.set(times, made);
    return made;
  }
}

function bilinear(picture: Pixels, { a, b, x, y }: Similarity, size: number): Uint8Array {
  const { data, width, height, channels } = picture;
  const out = new Uint8Array(size * size * 3);
  const stride = width * channels;
  const lastColumn = width - 1;
  const lastRow = height - 1;
  let next = 0;
  for (let v = 0; v < size; v++) {
    // Pixel centres: target (u + ½, v + ½), picture minus ½.
    let px = a * 0.5 - b * (v + 0.5) + x - 0.5;
    let py = b * 0.5 + a * (v + 0.5) + y - 0.5;
    // If both ends of a row lie inside the picture, the whole row does.
    const isInside =
      isWithin(px, lastColumn) &&
      isWithin(py, lastRow) &&
      isWithin(px + a * size, lastColumn) &&
      isWithin(py + b * size, lastRow);
    for (let u = 0; u < size; u++) {
      const cx = isInside ? px : Math.min(Math.max(px, 0), lastColumn);
      const cy = isInside ? py : Math.min(Math.max(py, 0), lastRow);
      const column = cx | 0;
      const row = cy | 0;
      const fx = cx - column;
      const fy = cy - row;
      const upper = row * stride + column * channels;
      const upperRight = column < lastColumn ? upper + channels : upper;
      const down = row < lastRow ? stride : 0;
      const w00 = (1 - fx) * (1 - fy);
      const w10 = fx * (1 - fy);
      const w01 = (1 - fx) * fy;
      const w11 = fx * fy;
      for (let c = 0; c < 3; c++) {
        const value =
          at(data, upper + c) * w00 +
          at(data, upperRight + c) * w10 +
          at(data, upper + down + c) * w01 +
          at(data, upperRight + down + c) * w11;
        out[next++] = value + 0.5;
      }
      px += a;
      py += b;
    }
  }
  return out;
}

/** Returns whether the pixel at this coordinate and the one after it are both in the picture. */
function isWithin(place: number, last: number): boolean {
  return place >= 0 && place < last;
}

/** Edges in pixels of the picture. */
interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Downscaled extends Part {
  pixels: Pixels;
  /** Pixels of the picture per pixel of this part. */
  factor: number;
}

function contains(outer: Part, inner: Part): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
  );
}

/** Returns the part of the picture under a target plus `margin` pixels, aligned to the grid of squares. */
function partUnder(picture: Pixels, similarity: Similarity, size: number, factor: number, margin: number): Part {
  const corners = [
    mapPoint(similarity, 0, 0),
    mapPoint(similarity, size, 0),
    mapPoint(similarity, 0, size),
    mapPoint(similarity, size, size),
  ];
  const span = (values: number[], limit: number) =>
    spanOnGrid(Math.min(...values) - margin, Math.max(...values) + margin, limit, factor);
  const [left, right] = span(
    corners.map(([x]) => x),
    picture.width,
  );
  const [top, bottom] = span(
    corners.map(([, y]) => y),
    picture.height,
  );
  return { left, top, right, bottom };
}

/**
 * Returns a part of a picture in which each pixel is the mean of a `factor × factor` square, clipped at the picture's
 * edge.
 */
function average(picture: Pixels, { left, top, right, bottom }: Part, factor: number): Pixels {
  const { data, channels } = picture;
  const width = Math.max(1, Math.ceil((right - left) / factor));
  const height = Math.max(1, Math.ceil((bottom - top) / factor));
  const stride = picture.width * channels;
  const out = new Uint8Array(width * height * 3);
  let next = 0;
  for (let row = 0; row < height; row++) {
    const firstY = top + row * factor;
    const rows = Math.min(factor, picture.height - firstY);
    for (let column = 0; column < width; column++) {
      const firstX = left + column * factor;
      const columns = Math.min(factor, picture.width - firstX);
      const count = rows * columns;
      let first = firstY * stride + firstX * channels;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = 0; y < rows; y++) {
        for (let i = first; i < first + columns * channels; i += channels) {
          r += at(data, i);
          g += at(data, i + 1);
          b += at(data, i + 2);
        }
        first += stride;
      }
      out[next] = r / count + 0.5;
      out[next + 1] = g / count + 0.5;
      out[next + 2] = b / count + 0.5;
      next += 3;
    }
  }
  return { data: out, width, height, channels: 3 };
}

/** Returns the first and last pixel of a span on the grid of squares, plus one square on each side. */
function spanOnGrid(from: number, to: number, limit: number, factor: number): [number, number] {
  const clamp = (value: number) => Math.min(Math.max(value, 0), limit);
  const first = clamp(Math.floor(from / factor - 1) * factor);
  const last = clamp(Math.ceil(to / factor + 1) * factor);
  return [Math.min(first, limit - 1), Math.max(last, first + 1)];
}

function at(data: Pixels['data'], i: number): number {
  return data[i] as number;
}
