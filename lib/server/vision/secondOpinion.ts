import { type Region, similarityOfRegion } from '@/lib/shared/vision/align';
import { iou } from '@/lib/shared/vision/boxes';
import type { Sampler } from '@/lib/shared/vision/sample';
import type { Networks } from './networks';

/** Side of the crop, pixels. A face is 40 to 45 pixels wide in it, where the second detector is at its best. */
const SIDE = 96;
/** Side of the crop relative to the first mesh region. */
const CONTEXT = 1.47;
/** Where the face lies in the crop, pixels. */
const FACE = { left: 26, top: 26, right: 70, bottom: 70 } as const;
/** Minimum overlap with it, IoU. A box with less is another face in the crop, and is ignored. */
const SAME_FACE = 0.25;

/** Returns the second detector's score for the face of a region, 0–1. 0: it sees none. Takes 1 ms. */
export async function secondOpinion(networks: Networks, sampler: Sampler, region: Region): Promise<number> {
  const crop = sampler.square(similarityOfRegion({ ...region, side: region.side * CONTEXT }, SIDE), SIDE);
  const found = await networks.detectAgain({ data: crop, width: SIDE, height: SIDE });
  return found.find((box) => iou(box, FACE) > SAME_FACE)?.score ?? 0;
}
