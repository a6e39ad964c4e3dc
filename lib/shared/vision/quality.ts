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

/** Distance between the outer eye corners, in pixels: below the first nothing is left to recognise, above the second nothing is gained. */
const SIZE = [10, 60] as const;
/** Degrees away from the camera: up to the first nothing is lost, beyond the second nothing is left. */
const TURN = [20, 65] as const;
/** Edge strength of the chip (see {@link sharpnessOfChip}) that counts as a blur, and as crisp. */
const EDGES = [0.012, 0.075] as const;

/**
 * Least values with which a face may be enrolled. Measured on 24 portraits, blurred and shrunk: at these the encoding
 * is 0.3 to 0.4 from the crisp one's, and below them a large part of the way to a stranger's.
 */
const ENROL = { presence: 0.5, size: 18, sharpness: 0.05, turn: 50 } as const;

/** Rates a face: how large, how sharp and how much turned away it is, and what that leaves of it. */
export function qualityOf({ mesh, presence, chip }: QualityInput): Quality {
  const pose = poseOfMesh(mesh);
  const size = eyeDistance(mesh);
  const sharpness = sharpnessOfChip(chip);
  const turned = Math.hypot(pose.yaw, pose.pitch);
  const score =
    presence * ramp(size, SIZE) * (0.25 + 0.75 * sharpness) * (1 - 0.8 * ramp(turned, TURN)) * (sharpness > 0 ? 1 : 0);
  return { score, size, sharpness, presence, pose };
}

/** Why a face must not be enrolled, in words for the person who tries; null when it may. */
export function refusal({ size, sharpness, presence, pose }: Quality): string | null {
  if (presence < ENROL.presence) return 'The face is covered or turned away too far to be recognised later.';
  if (size < ENROL.size) {
    return `The face is too small: ${Math.round(size)} pixels between the outer corners of the eyes, at least ${ENROL.size} are needed.`;
  }
  if (Math.abs(pose.yaw) > ENROL.turn) {
    return `The face is turned ${Math.round(Math.abs(pose.yaw))}° to the side, at most ${ENROL.turn}° can be recognised later.`;
  }
  if (Math.abs(pose.pitch) > ENROL.turn) {
    return `The face is tilted ${Math.round(Math.abs(pose.pitch))}° ${pose.pitch > 0 ? 'up' : 'down'}, at most ${ENROL.turn}° can be recognised later.`;
  }
  if (sharpness < ENROL.sharpness) {
    return `The face is too blurred: sharpness ${sharpness.toFixed(2)}, at least ${ENROL.sharpness} is needed.`;
  }
  return null;
}

function eyeDistance(mesh: Float32Array): number {
  const [left, right] = OUTER_EYE_CORNERS;
  const along = (axis: number) => (mesh[right * 3 + axis] ?? 0) - (mesh[left * 3 + axis] ?? 0);
  return Math.hypot(along(0), along(1));
}

/**
 * How crisp a chip is, 0–1: the mean absolute Laplacian of its luma (BT.601) over the spread of its luma, so that
 * neither a dark picture nor one of low contrast counts as blurred. Looked at in the middle, where the face is.
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

/** 0 up to `from`, 1 beyond `to`, straight between. */
function ramp(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
