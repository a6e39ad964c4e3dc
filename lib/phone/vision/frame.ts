import type { Pixels } from '@/lib/shared/vision/align';
import { boundsOfMesh } from '@/lib/shared/vision/align';

/** Longer side of the picture for detection, in pixels. The mesh uses 192 × 192 of it; more would be discarded. */
const DETECTION_SIZE = 640;
/** Margin around the mesh, as a fraction of its longer side. It contains the chip at any rotation of the head. */
const CHIP_MARGIN = 0.75;

/**
 * Reads pixels from video frames. Detection uses a small picture. The chip of a face is cut from the frame at full
 * resolution, so that a distant face keeps every pixel of the camera.
 */
export class FrameReader {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor() {
    const context = this.#canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('This browser has no 2d context in workers');
    this.#context = context;
  }

  /** Returns the picture for detection, and the number of frame pixels per pixel of it. */
  overview(frame: ImageBitmap | VideoFrame): { picture: ImageData; scale: number } {
    const { width, height } = sizeOf(frame);
    const scale = Math.max(1, Math.max(width, height) / DETECTION_SIZE);
    return { picture: this.#read(frame, 0, 0, width, height, scale), scale };
  }

  /** Returns the surroundings of one face at full resolution, and its mesh points relative to them. */
  closeUp(frame: ImageBitmap | VideoFrame, points: Float32Array): { pixels: Pixels; points: Float32Array } {
    const { width, height } = sizeOf(frame);
    const bounds = boundsOfMesh(points);
    const margin = CHIP_MARGIN * Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
    const left = onGrid(bounds.left - margin);
    const top = onGrid(bounds.top - margin);
    const right = Math.min(width, Math.ceil(bounds.right + margin));
    const bottom = Math.min(height, Math.ceil(bounds.bottom + margin));
    const {
      data,
      width: columns,
      height: rows,
    } = this.#read(frame, left, top, Math.max(1, right - left), Math.max(1, bottom - top), 1);
    const moved = points.map((value, i) => value - (i % 2 === 0 ? left : top));
    return { pixels: { data, width: columns, height: rows, channels: 4 }, points: moved };
  }

  #read(frame: ImageBitmap | VideoFrame, x: number, y: number, width: number, height: number, scale: number) {
    const targetWidth = Math.max(1, Math.round(width / scale));
    const targetHeight = Math.max(1, Math.round(height / scale));
    if (this.#canvas.width < targetWidth) this.#canvas.width = targetWidth;
    if (this.#canvas.height < targetHeight) this.#canvas.height = targetHeight;
    this.#context.drawImage(frame, x, y, width, height, 0, 0, targetWidth, targetHeight);
    return this.#context.getImageData(0, 0, targetWidth, targetHeight);
  }
}

/** Returns the display size of a frame, with the rotation of a phone's camera applied. */
export function sizeOf(frame: ImageBitmap | VideoFrame): { width: number; height: number } {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/** `Sampler` downscales in squares from the picture's corner: a crop aligned to the same grid gives the same pixels. */
const GRID = 16;

function onGrid(pixels: number): number {
  return Math.max(0, Math.floor(pixels / GRID) * GRID);
}
