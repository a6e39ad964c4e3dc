import { CHIP_SIZE, OUTER_EYE_CORNERS } from './align';
import { poseOfMesh } from './pose';
import type { Quality } from './types';

export interface QualityInput {
  /** 468 mesh points, x, y and z interleaved, in pixels of the picture. */
  mesh: Float32Array;
  /** The mesh's confidence that there is a face, 0–1. */
  presence: number;
  /** The aligned chip: RGB bytes, `CHIP_SIZE × CHIP_SIZE`. */
  chip: Uint8Array;
}

/**
 * Distance between the outer eye corners, in pixels. Below the first value a face is unusable; above the second, size
 * no longer lowers the score.
 */
const SIZE = [10, 60] as const;
/** Degrees away from the camera. Up to the first value the score is not lowered; beyond the second it is 0. */
const TURN = [20, 65] as const;
/** Edge strength (see {@link sharpnessOfChip}) of a fully blurred chip, and of a crisp one. */
const EDGES = [0.012, 0.075] as const;

/**
 * Limits for enrolment: minimum presence, size (pixels) and sharpness, and maximum turn (degrees). That of size follows from
 * what is recognised later (`npm run bench:quality-limits`, docs/accuracy.md): below it fewer than half of the comparisons
 * with other pictures of the same person reach trust 50, above it four of five or more. The others were measured on 24
 * portraits: at these limits the encoding is 0.3 to 0.4 from that of the crisp face.
 */
const ENROLMENT_LIMITS = { presence: 0.5, size: 12, sharpness: 0.05, turn: 50 } as const;

/** Rates the size, sharpness, pose and presence of a face, and combines them into a score. */
export function qualityOf({ mesh, presence, chip }: QualityInput): Quality {
  const pose = poseOfMesh(mesh);
  const size = eyeDistance(mesh);
  const sharpness = sharpnessOfChip(chip);
  const turned = Math.hypot(pose.yaw, pose.pitch);
  const score =
    presence * ramp(size, SIZE) * (0.25 + 0.75 * sharpness) * (1 - 0.8 * ramp(turned, TURN)) * (sharpness > 0 ? 1 : 0);
  return { score, size, sharpness, presence, pose };
}

/** Returns the reason why a face must not be enrolled, as a sentence for the user; null when it may be enrolled. */
export function enrolmentIssue({ size, sharpness, presence, pose }: Quality): string | null {
  if (presence < ENROLMENT_LIMITS.presence) return 'The face is covered or turned away too far to be recognised later.';
  if (size < ENROLMENT_LIMITS.size) {
    return `The face is too small: ${Math.floor(size)} pixels between the outer corners of the eyes, at least ${ENROLMENT_LIMITS.size} are needed.`;
  }
  if (Math.abs(pose.yaw) > ENROLMENT_LIMITS.turn) {
    return `The face is turned ${Math.round(Math.abs(pose.yaw))}° to the side, at most ${ENROLMENT_LIMITS.turn}° can be recognised later.`;
  }
  if (Math.abs(pose.pitch) > ENROLMENT_LIMITS.turn) {
    return `The face is tilted ${Math.round(Math.abs(pose.pitch))}° ${pose.pitch > 0 ? 'up' : 'down'}, at most ${ENROLMENT_LIMITS.turn}° can be recognised later.`;
  }
  if (sharpness < ENROLMENT_LIMITS.sharpness) {
    return `The face is too blurred: sharpness ${sharpness.toFixed(2)}, at least ${ENROLMENT_LIMITS.sharpness} is needed.`;
  }
  return null;
}

function eyeDistance(mesh: Float32Array): number {
  const [left, right] = OUTER_EYE_CORNERS;
  const along = (axis: number) => (mesh[right * 3 + axis] ?? 0) - (mesh[left * 3 + axis] ?? 0);
  return Math.hypot(along(0), along(1));
}

/**
 * Returns the sharpness of a chip, 0–1: the mean absolute Laplacian of its luma (BT.601) over the spread of its luma,
 * so that a dark or low-contrast picture does not count as blurred. Measured in the centre, where the face is.
 */
export function sharpnessOfChip(chip: Uint8Array): number {
  const luma = new Float32Array(CHIP_SIZE * CHIP_SIZE);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * (chip[i * 3] ?? 0) + 0.587 * (chip[i * 3 + 1] ?? 0) + 0.114 * (chip[i * 3 + 2] ?? 0);
  }
  const margin = Math.round(CHIP_SIZE * 0.2);
  let edges = 0;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = margin; y < CHIP_SIZE - margin; y++) {
    for (let x = margin; x < CHIP_SIZE - margin; x++) {
      const i = y * CHIP_SIZE + x;
      const value = luma[i] ?? 0;
      const around = (luma[i - 1] ?? 0) + (luma[i + 1] ?? 0) + (luma[i - CHIP_SIZE] ?? 0) + (luma[i + CHIP_SIZE] ?? 0);
      edges += Math.abs(around - 4 * value);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const spread = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  if (spread < 1) return 0;
  return ramp(edges / count / spread / 4, EDGES);
}

/** Returns 0 up to `from` and 1 beyond `to`; linear in between. */
function ramp(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
