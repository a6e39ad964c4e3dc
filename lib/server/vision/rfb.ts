import type { Region } from '@/lib/shared/vision/align';
import { type Box, iou, nonMaxSuppression } from '@/lib/shared/vision/boxes';
import type { DetectorMap } from './detectorMap';
import { angleOfTurn, type TurnedBox } from './turn';

/** Minimum confidence of a box: low, because the mesh and the second opinion decide. */
const MIN_SCORE = 0.2;
/** Boxes of one view with a higher IoU show the same face. */
const SAME_FACE = 0.45;

/** Stride and sides of the square anchors of each map, pixels (Linzaer, vision/ssd/config/fd_config.py). */
const MAPS = [
  { stride: 8, anchors: [10, 16, 24] },
  { stride: 16, anchors: [32, 48] },
  { stride: 32, anchors: [64, 96] },
  { stride: 64, anchors: [128, 192, 256] },
] as const;
/** The box coder's variances (the same file). */
const CENTRE_VARIANCE = 0.1;
const SIZE_VARIANCE = 0.2;

/** Number of the detector's maps. */
export const RFB_LEVELS = MAPS.length;

/** Decodes the network's maps into boxes in pixels of its input, without duplicates. */
export function decodeRfb(maps: readonly DetectorMap[], minScore = MIN_SCORE): Box[] {
  const found: Box[] = [];
  const minLogit = Math.log(minScore / (1 - minScore));
  for (const [level, { stride, anchors }] of MAPS.entries()) {
    const map = maps[level];
    if (!map) continue;
    const { logits, boxes, rows, columns } = map;
    const cells = rows * columns;
    for (const [anchor, side] of anchors.entries()) {
      for (let cell = 0; cell < cells; cell++) {
        const logit = logits[anchor * cells + cell] ?? 0;
        if (logit < minLogit) continue;
        const code = (i: number) => boxes[(anchor * 4 + i) * cells + cell] ?? 0;
        const x = ((cell % columns) + 0.5) * stride + code(0) * CENTRE_VARIANCE * side;
        const y = (Math.floor(cell / columns) + 0.5) * stride + code(1) * CENTRE_VARIANCE * side;
        const halfWidth = (side * Math.exp(code(2) * SIZE_VARIANCE)) / 2;
        const halfHeight = (side * Math.exp(code(3) * SIZE_VARIANCE)) / 2;
        found.push({
          left: x - halfWidth,
          top: y - halfHeight,
          right: x + halfWidth,
          bottom: y + halfHeight,
          score: 1 / (1 + Math.exp(-logit)),
        });
      }
    }
  }
  return nonMaxSuppression(found, (a, b) => iou(a, b) > SAME_FACE);
}

/**
 * Returns the first mesh region for a detected box. The offsets are medians over 754 detections on photographs, so that
 * the mesh converges in few passes.
 */
export function regionOfDetection({ left, top, right, bottom, turn = 0 }: TurnedBox): Region {
  const width = right - left;
  const height = bottom - top;
  const angle = angleOfTurn(turn);
  const below = 0.011 * (turn === 90 || turn === 270 ? width : height);
  return {
    x: (left + right) / 2 - below * Math.sin(angle),
    y: (top + bottom) / 2 + below * Math.cos(angle),
    side: 1.527 * Math.sqrt(width * height),
    angle,
  };
}
