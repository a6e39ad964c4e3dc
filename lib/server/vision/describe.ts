import { CHIP_SIZE, type Pixels, similarityOfChip } from '@/lib/shared/vision/align';
import type { Box } from '@/lib/shared/vision/boxes';
import { qualityOf } from '@/lib/shared/vision/quality';
import { type MeshInImage, refineMesh } from '@/lib/shared/vision/refineMesh';
import { Sampler } from '@/lib/shared/vision/sample';
import type { Quality } from '@/lib/shared/vision/types';
import type { Networks } from './networks';
import { regionOfDetection } from './ssd';

/**
 * Minimum presence of a mesh, in its first pass and when it has converged. A box below it shows no face, whatever the
 * detector's score: the detector finds faces on plain walls and in noise. Of 102 doubtful boxes in 158 pictures, this
 * saves the further passes for 45 of the 73 without a face. The lowest first presence of the 29 with a face was 0.013.
 */
export const MIN_PRESENCE = 0.005;

/** Mesh, quality and encoding of a detected box. */
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

/** Computes the mesh, chip, quality and, if requested, encoding of each box. The chips are encoded in one batch. */
export async function describeFaces(
  networks: Networks,
  { picture, boxes, encode }: DescribeOptions,
): Promise<Description[]> {
  const chips: Uint8Array[] = [];
  const faces: Description[] = [];
  for (const box of boxes) {
    const sampler = new Sampler(picture);
    const refined = await refineMesh({
      sampler,
      region: regionOfDetection(box),
      run: networks.mesh,
      minPresence: MIN_PRESENCE,
    });
    const chip = sampler.square(similarityOfChip(refined.landmarks), CHIP_SIZE);
    chips.push(chip);
    faces.push(description(box, refined, chip));
  }
  if (!encode) return faces;
  const encodings = await networks.encode(chips);
  return faces.map((face, i) => ({ ...face, encoding: encodings[i] }));
}

function description(box: Box, { mesh, landmarks, presence }: MeshInImage, chip: Uint8Array): Description {
  return { box, landmarks, quality: qualityOf({ mesh, presence, chip }) };
}
