import { mapPoint, type Region, similarityOfRegion } from '@/lib/shared/vision/align';
import type { Sampler } from '@/lib/shared/vision/sample';
import type { Networks } from './networks';
import { regionOfDetection } from './rfb';
import { angleOfTurn, TURNS } from './turn';

/** Side of the crop, pixels. */
const SIDE = 96;
/** Side of the crop relative to the mesh region: a face is half as wide as the crop. */
const CONTEXT = 1.34;
/** Minimum score in a turned crop. The right turn scores 0.99 and more, but a wrong one often does too. */
const MIN_SCORE = 0.85;
/** Maximum distance of its centre from the region's, relative to the region's side: beyond it is a neighbour's face. */
const MAX_SHIFT = 0.25;

/**
 * Detects faces in a region turned by 90, 180 and 270 degrees. Returns the first mesh regions of the faces found, the
 * most likely one first. Takes 2 ms.
 */
export async function turnedRegions(networks: Networks, sampler: Sampler, region: Region): Promise<Region[]> {
  const found: { score: number; region: Region }[] = [];
  for (const turn of TURNS) {
    const angle = angleOfTurn(turn);
    const similarity = similarityOfRegion({ ...region, side: region.side * CONTEXT, angle }, SIDE);
    const [box] = await networks.detect({ data: sampler.square(similarity, SIDE), width: SIDE, height: SIDE });
    if (!box || box.score < MIN_SCORE) continue;
    const inCrop = regionOfDetection(box);
    const [x, y] = mapPoint(similarity, inCrop.x, inCrop.y);
    if (Math.hypot(x - region.x, y - region.y) > MAX_SHIFT * region.side) continue;
    const side = inCrop.side * Math.hypot(similarity.a, similarity.b);
    found.push({ score: box.score, region: { x, y, side, angle } });
  }
  return found.sort((a, b) => b.score - a.score).map((one) => one.region);
}
