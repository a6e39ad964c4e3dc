import { CHIP_SIZE, type Pixels, type Region, similarityOfChip } from '@/lib/shared/vision/align';
import { qualityOf } from '@/lib/shared/vision/quality';
import { type MeshInImage, refineMesh } from '@/lib/shared/vision/refineMesh';
import { Sampler } from '@/lib/shared/vision/sample';
import type { Quality } from '@/lib/shared/vision/types';
import type { Networks } from './networks';
import { regionOfDetection } from './rfb';
import { secondOpinion } from './secondOpinion';
import type { TurnedBox } from './turn';
import { turnedRegions } from './turnedRegions';

/** Minimum presence of a converged mesh. A box below it shows no face, whatever the detectors' scores. */
const MIN_PRESENCE = 0.005;
/** Minimum presence of each pass of the mesh: the first passes on a face from the side, or cut by the edge, see little. */
const MIN_PASS_PRESENCE = 0.001;
/**
 * A box with one of these scores and presences, or more, is a face. All other boxes need the second detector
 * (docs/decisions/0023).
 */
const CERTAIN = [
  { score: 0.95, presence: 0.5 },
  { score: 0.9, presence: 0.99 },
] as const;
/** Below this score, no presence is enough. */
const MIN_CERTAIN_SCORE = 0.9;
/** A doubtful box is a face with these scores of both detectors and this presence, or more. */
const DOUBTFUL = [
  { score: 0, second: 0.7, presence: MIN_PRESENCE },
  // A face from the side: both detectors were trained on such faces, but the mesh was not.
  { score: 0.95, second: 0.5, presence: MIN_PRESENCE },
  { score: 0, second: 0.3, presence: 0.5 },
  { score: 0, second: 0.2, presence: 0.8 },
  { score: 0, second: 0.12, presence: 0.95 },
] as const;
/**
 * Presence of a mesh that lies on an upright face. Below it, the box is also examined in three more turns. All of 73
 * upright portraits reach 1 − 1e-8. Of 77 on their side or upside down whose mesh finds a face, none exceeds 1 −
 * 1.2e-5.
 */
const UPRIGHT_PRESENCE = 0.999999;
/** A turned mesh with a lower presence in a pass lies the wrong way up. */
const MIN_TURNED_PRESENCE = 0.5;

/** Mesh, quality and encoding of a detected box. */
export interface Description {
  box: TurnedBox;
  landmarks: Float32Array;
  quality: Quality;
  encoding?: Float32Array;
}

export interface DescribeOptions {
  picture: Pixels;
  boxes: TurnedBox[];
  encode: boolean;
}

/**
 * Computes the mesh, chip, quality and, if requested, encoding of each box that shows a face. Leaves out the others. The
 * chips are encoded in one batch.
 */
export async function describeFaces(
  networks: Networks,
  { picture, boxes, encode }: DescribeOptions,
): Promise<Description[]> {
  const chips: Uint8Array[] = [];
  const faces: Description[] = [];
  for (const box of boxes) {
    const sampler = new Sampler(picture);
    const refined = await meshOfFace(networks, sampler, box);
    if (!refined) continue;
    const chip = sampler.square(similarityOfChip(refined.landmarks), CHIP_SIZE);
    chips.push(chip);
    faces.push(description(box, refined, chip));
  }
  if (!encode || faces.length === 0) return faces;
  const encodings = await networks.encode(chips);
  return faces.map((face, i) => ({ ...face, encoding: encodings[i] }));
}

/** Returns the mesh of a box, which may lie on its side or upside down; null if the box shows no face. */
async function meshOfFace(networks: Networks, sampler: Sampler, box: TurnedBox): Promise<MeshInImage | null> {
  const region = regionOfDetection(box);
  const upright = await meshOfRegion(networks, sampler, { region, score: box.turn ? 0 : box.score });
  if (upright && upright.presence >= UPRIGHT_PRESENCE) return upright;
  let best = upright;
  for (const turned of await turnedRegions(networks, sampler, region)) {
    const minPresence = MIN_TURNED_PRESENCE;
    const mesh = await meshOfRegion(networks, sampler, { region: turned, score: 0, minPresence });
    if (mesh && mesh.presence > (best?.presence ?? 0)) best = mesh;
    if (best && best.presence >= UPRIGHT_PRESENCE) break;
  }
  return best;
}

interface RegionOptions {
  region: Region;
  /** The detector's score; 0 for a region that always needs the second detector. */
  score: number;
  /** Stops at a pass with a lower presence. */
  minPresence?: number;
}

/** Returns the mesh of a region; null if it shows no face. */
async function meshOfRegion(
  networks: Networks,
  sampler: Sampler,
  { region, score, minPresence = MIN_PASS_PRESENCE }: RegionOptions,
): Promise<MeshInImage | null> {
  // For a doubtful box, the second detector runs before the mesh, which takes longer.
  const before = score < MIN_CERTAIN_SCORE ? await secondOpinion(networks, sampler, region) : undefined;
  if (before === 0) return null;
  const mesh = await refineMesh({ sampler, region, run: networks.mesh, minPresence });
  const { presence } = mesh;
  if (presence < Math.max(minPresence, MIN_PRESENCE)) return null;
  if (CERTAIN.some((need) => score >= need.score && presence >= need.presence)) return mesh;
  const second = before ?? (await secondOpinion(networks, sampler, region));
  const isFace = DOUBTFUL.some((need) => score >= need.score && second >= need.second && presence >= need.presence);
  return isFace ? mesh : null;
}

function description(box: TurnedBox, { mesh, landmarks, presence }: MeshInImage, chip: Uint8Array): Description {
  return { box, landmarks, quality: qualityOf({ mesh, presence, chip }) };
}
