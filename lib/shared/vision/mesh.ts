import { MESH_POINTS, MESH_SIZE, type Region, regionOfMesh, similarityOfRegion } from './align';
import type { Sampler } from './sample';

/** What the face mesh says of one region. */
export interface MeshOutput {
  /** 468 points, x, y and z interleaved, in pixels of the `MESH_SIZE` square. */
  mesh: Float32Array;
  /** How sure the network is that there is a face, 0–1. */
  presence: number;
}

/** A face's mesh in the picture. */
export interface PlacedMesh {
  /** 468 points, x, y and z interleaved, in pixels of the picture (z grows away from the camera, nose near 0). */
  mesh: Float32Array;
  /** The same points without z. */
  landmarks: Float32Array;
  presence: number;
  /** How often the network was asked. */
  passes: number;
}

export interface SettleOptions {
  /** Of the picture. */
  sampler: Sampler;
  /** Where to look first. */
  region: Region;
  /** Runs the network on RGB bytes of `MESH_SIZE × MESH_SIZE`. */
  run: (pixels: Uint8Array) => Promise<MeshOutput>;
  /** Asks at most this often. */
  maxPasses?: number;
  /** Gives up when a pass is less sure than this that there is a face, 0–1; by default never. */
  leastPresence?: number;
}

/**
 * A mesh stands still when its points move less than this part of its region's side, on average. Started from the
 * detectors of server and phone, encodings are then 0.018 apart at the median and 0.04 at most; at twice this part, 0.03
 * and 0.075.
 */
const STILL = 0.002;
const MAX_PASSES = 6;

/**
 * Runs the mesh again and again, each time in the region that its own points span, until it stands still. So it ends
 * at the same points whatever box it began with, and the encoding does not depend on the detector.
 */
export async function settleMesh({
  sampler,
  region,
  run,
  maxPasses = MAX_PASSES,
  leastPresence = 0,
}: SettleOptions): Promise<PlacedMesh> {
  let placed = await placeMesh(sampler, region, run);
  for (let pass = 2; pass <= maxPasses && placed.presence >= leastPresence; pass++) {
    const next = regionOfMesh(placed.landmarks);
    const moved = await placeMesh(sampler, next, run);
    const still = meanShift(placed.landmarks, moved.landmarks) < STILL * next.side;
    placed = { ...moved, passes: pass };
    if (still) break;
  }
  return placed;
}

async function placeMesh(sampler: Sampler, region: Region, run: SettleOptions['run']): Promise<PlacedMesh> {
  const similarity = similarityOfRegion(region, MESH_SIZE);
  const { mesh: local, presence } = await run(sampler.square(similarity, MESH_SIZE));
  const { a, b, x, y } = similarity;
  const scale = Math.hypot(a, b);
  const mesh = new Float32Array(MESH_POINTS * 3);
  const landmarks = new Float32Array(MESH_POINTS * 2);
  for (let point = 0; point < MESH_POINTS; point++) {
    const u = local[point * 3] ?? 0;
    const v = local[point * 3 + 1] ?? 0;
    landmarks[point * 2] = mesh[point * 3] = a * u - b * v + x;
    landmarks[point * 2 + 1] = mesh[point * 3 + 1] = b * u + a * v + y;
    mesh[point * 3 + 2] = (local[point * 3 + 2] ?? 0) * scale;
  }
  return { mesh, landmarks, presence, passes: 1 };
}

function meanShift(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    sum += Math.hypot((a[i] ?? 0) - (b[i] ?? 0), (a[i + 1] ?? 0) - (b[i + 1] ?? 0));
  }
  return (sum * 2) / a.length;
}
