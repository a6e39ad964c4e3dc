import { MESH_POINTS, MESH_SIZE, type Region, regionOfMesh, similarityOfRegion } from './align';
import type { Sampler } from './sample';

/** Output of the face mesh network for one region. */
export interface MeshOutput {
  /** 468 points, x, y and z interleaved, in pixels of the `MESH_SIZE` square. */
  mesh: Float32Array;
  /** The network's confidence that the region shows a face, 0–1. */
  presence: number;
}

/** The mesh of a face, in picture coordinates. */
export interface MeshInImage {
  /** 468 points, x, y and z interleaved, in pixels of the picture (z grows away from the camera, nose near 0). */
  mesh: Float32Array;
  /** The same points without z. */
  landmarks: Float32Array;
  presence: number;
  /** Number of network runs. */
  passes: number;
}

export interface RefineOptions {
  /** Samples the picture. */
  sampler: Sampler;
  /** The first region. */
  region: Region;
  /** Runs the network on RGB bytes of `MESH_SIZE × MESH_SIZE`. */
  run: (pixels: Uint8Array) => Promise<MeshOutput>;
  /** Maximum number of network runs. */
  maxPasses?: number;
  /** Stops when the presence of a pass is below this, 0–1. Default: never. */
  minPresence?: number;
}

/**
 * Convergence threshold: mean shift of the points between two passes, as a fraction of the region's side. Encodings
 * that start from the detectors of server and phone are then 0.018 apart at the median and 0.04 at most. At twice this
 * threshold they are 0.03 and 0.075 apart.
 */
const CONVERGED = 0.002;
const MAX_PASSES = 6;

/**
 * Iterates the mesh network until its points converge. Each pass runs on the region that the points of the last one
 * span. The result does not depend on the first box, so the encoding does not depend on the detector.
 */
export async function refineMesh({
  sampler,
  region,
  run,
  maxPasses = MAX_PASSES,
  minPresence = 0,
}: RefineOptions): Promise<MeshInImage> {
  let current = await runMesh(sampler, region, run);
  for (let pass = 2; pass <= maxPasses && current.presence >= minPresence; pass++) {
    const next = regionOfMesh(current.landmarks);
    const moved = await runMesh(sampler, next, run);
    const converged = meanShift(current.landmarks, moved.landmarks) < CONVERGED * next.side;
    current = { ...moved, passes: pass };
    if (converged) break;
  }
  return current;
}

async function runMesh(sampler: Sampler, region: Region, run: RefineOptions['run']): Promise<MeshInImage> {
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
