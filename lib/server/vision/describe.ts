import { CHIP_SIZE, type Pixels, similarityOfChip } from '@/lib/shared/vision/align';
import type { Box } from '@/lib/shared/vision/boxes';
import { type PlacedMesh, settleMesh } from '@/lib/shared/vision/mesh';
import { qualityOf } from '@/lib/shared/vision/quality';
import { Sampler } from '@/lib/shared/vision/sample';
import type { Quality } from '@/lib/shared/vision/types';
import type { Networks } from './networks';
import { regionOfDetection } from './ssd';

/**
 * A mesh less sure than this, at first or when it stands still, lies on no face, however sure the detector is: on plain walls and on
 * noise it takes some for faces. Of 102 doubtful boxes in 158 pictures it spares 45 of the 73 without a face their other passes, and
 * the least of the 29 with one began at 0.013.
 */
export const HOPELESS_MESH = 0.005;

/** All there is to know of a face whose box was found. */
export interface Description {
  box: Box;
  landmarks: Float32Array;
  quality: Quality;
  encoding?: Float32Array;
}

export interface DescribeOptions {
  picture: Pixels;
  boxes: Box[];
  encode: boolean;
}

/** Mesh, chip, quality and, if asked for, encoding of each box; the chips are encoded together. */
export async function describeFaces(
  networks: Networks,
  { picture, boxes, encode }: DescribeOptions,
): Promise<Description[]> {
  const chips: Uint8Array[] = [];
  const faces: Description[] = [];
  for (const box of boxes) {
    const sampler = new Sampler(picture);
    const placed = await settleMesh({
      sampler,
      region: regionOfDetection(box),
      run: networks.mesh,
      leastPresence: HOPELESS_MESH,
    });
    const chip = sampler.square(similarityOfChip(placed.landmarks), CHIP_SIZE);
    chips.push(chip);
    faces.push(description(box, placed, chip));
  }
  if (!encode) return faces;
  const encodings = await networks.encode(chips);
  return faces.map((face, i) => ({ ...face, encoding: encodings[i] }));
}

function description(box: Box, { mesh, landmarks, presence }: PlacedMesh, chip: Uint8Array): Description {
  return { box, landmarks, quality: qualityOf({ mesh, presence, chip }) };
}
