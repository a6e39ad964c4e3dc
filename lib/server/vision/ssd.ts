import type { Region } from '@/lib/shared/vision/align';
import { type Box, iou, nonMaxSuppression } from '@/lib/shared/vision/boxes';

/** Minimum confidence of a box: low, because the mesh decides. Tuned with the levels of {@link file://./pyramid.ts}. */
const MIN_SCORE = 0.12;
/** Boxes of one view with a higher IoU show the same face (face-api: ssdMobilenetv1, iouThreshold). */
const SAME_FACE = 0.5;

/** Side of the pictures that the anchors were trained on, pixels. */
const TRAINED = 512;
/**
 * Smallest to largest anchor, as fractions of {@link TRAINED}, plus one value for the last map's intermediate anchor.
 */
const SCALES = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1] as const;
const FIRST_STRIDE = 16;
/** The box coder's variances (TensorFlow Object Detection, FasterRcnnBoxCoder: 10, 10, 5, 5). */
const CENTRE_VARIANCE = 10;
const SIZE_VARIANCE = 5;

/** Width and height in pixels of each anchor of a feature map (TensorFlow Object Detection, SSD anchor generator). */
const ANCHORS: readonly (readonly (readonly [number, number])[])[] = SCALES.slice(0, -1).map((scale, level) => {
  const side = scale * TRAINED;
  const shape = (ratio: number) => [side * Math.sqrt(ratio), side / Math.sqrt(ratio)] as const;
  if (level === 0) return [[side / 2, side / 2] as const, shape(2), shape(1 / 2)];
  const between = Math.sqrt(scale * (SCALES[level + 1] ?? 1)) * TRAINED;
  return [shape(1), [between, between] as const, shape(2), shape(1 / 2), shape(3), shape(1 / 3)];
});

/** Number of the detector's feature maps. */
export const SSD_LEVELS = ANCHORS.length;

/** One feature map of the network: logits `[1, anchors, rows, columns]` and boxes `[1, anchors * 4, rows, columns]`. */
export interface SsdMap {
  logits: Float32Array;
  boxes: Float32Array;
  rows: number;
  columns: number;
}

/** Decodes the network's maps into boxes in pixels of its input, without duplicates. */
export function decodeSsd(maps: readonly SsdMap[]): Box[] {
  const found: Box[] = [];
  const minLogit = Math.log(MIN_SCORE / (1 - MIN_SCORE));
  maps.forEach(({ logits, boxes, rows, columns }, level) => {
    const stride = FIRST_STRIDE * 2 ** level;
    const cells = rows * columns;
    ANCHORS[level]?.forEach(([anchorWidth, anchorHeight], anchor) => {
      for (let cell = 0; cell < cells; cell++) {
        const logit = logits[anchor * cells + cell] ?? 0;
        if (logit < minLogit) continue;
        const code = (i: number) => boxes[(anchor * 4 + i) * cells + cell] ?? 0;
        const x = ((cell % columns) + 0.5) * stride + (code(1) / CENTRE_VARIANCE) * anchorWidth;
        const y = (Math.floor(cell / columns) + 0.5) * stride + (code(0) / CENTRE_VARIANCE) * anchorHeight;
        const halfWidth = (anchorWidth * Math.exp(code(3) / SIZE_VARIANCE)) / 2;
        const halfHeight = (anchorHeight * Math.exp(code(2) / SIZE_VARIANCE)) / 2;
        found.push({
          left: x - halfWidth,
          top: y - halfHeight,
          right: x + halfWidth,
          bottom: y + halfHeight,
          score: 1 / (1 + Math.exp(-logit)),
        });
      }
    });
  });
  return nonMaxSuppression(found, (a, b) => iou(a, b) > SAME_FACE);
}

/**
 * Returns the first mesh region for a detected box. The box is a little higher, further left and taller than the mesh.
 * The offsets are medians over 214 detections on 70 photographs, so that the mesh converges in fewer passes.
 */
export function regionOfDetection({ left, top, right, bottom }: Box): Region {
  const width = right - left;
  const height = bottom - top;
  return {
    x: left + 0.52 * width,
    y: top + 0.56 * height,
    side: 1.575 * Math.sqrt(width * height),
    angle: 0,
  };
}
