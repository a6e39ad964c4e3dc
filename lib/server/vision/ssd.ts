import { type Box, iou, nonMaxSuppression } from '@/lib/shared/vision/boxes';
import type { DetectorMap } from './detectorMap';

/** Minimum confidence of a box. */
const MIN_SCORE = 0.12;
/** Boxes with a higher IoU show the same face (face-api: ssdMobilenetv1, iouThreshold). */
const SAME_FACE = 0.5;

/** Side of the smallest anchor of the first map: a fifth of the pictures of 512 pixels that it was trained on. */
const SIDE = 0.2 * 512;
const STRIDE = 16;
/** The box coder's variances (TensorFlow Object Detection, FasterRcnnBoxCoder: 10, 10, 5, 5). */
const CENTRE_VARIANCE = 10;
const SIZE_VARIANCE = 5;

/** Width and height in pixels of each anchor of the first map (TensorFlow Object Detection, SSD anchor generator). */
const ANCHORS = [
  [SIDE / 2, SIDE / 2],
  [SIDE * Math.SQRT2, SIDE / Math.SQRT2],
  [SIDE / Math.SQRT2, SIDE * Math.SQRT2],
] as const;

/** Decodes the first map of the SSD detector into boxes in pixels of its input, without duplicates. */
export function decodeSsd({ logits, boxes, rows, columns }: DetectorMap): Box[] {
  const found: Box[] = [];
  const minLogit = Math.log(MIN_SCORE / (1 - MIN_SCORE));
  const cells = rows * columns;
  for (const [anchor, [anchorWidth, anchorHeight]] of ANCHORS.entries()) {
    for (let cell = 0; cell < cells; cell++) {
      const logit = logits[anchor * cells + cell] ?? 0;
      if (logit < minLogit) continue;
      const code = (i: number) => boxes[(anchor * 4 + i) * cells + cell] ?? 0;
      const x = ((cell % columns) + 0.5) * STRIDE + (code(1) / CENTRE_VARIANCE) * anchorWidth;
      const y = (Math.floor(cell / columns) + 0.5) * STRIDE + (code(0) / CENTRE_VARIANCE) * anchorHeight;
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
  }
  return nonMaxSuppression(found, (a, b) => iou(a, b) > SAME_FACE);
}
