/*
 * npm run bench:recognise [-- ROUNDS]
 *
 * Measures the time from a JPEG's bytes to encodings on the group photos of face-api: Kith's recogniser, and face-api
 * with its defaults (SSD, 68 points, ResNet) on tfjs-wasm, in the same run. Prints a line per stage. Then prints a line
 * for each with milliseconds per photo (sequential, and with one per core in parallel) and faces per second, then
 * ratios. dlib is not run: its line is the time of dlib's own C++ on this kind of machine for pictures of 800 × 550.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { openImage } from '@/lib/server/images/decode';
import { Recogniser, type StageTimes } from '@/lib/server/vision/recogniser';
import { asInput, loadTfjs, packageFolder } from '../models/build/tfjs';
import { groupPhotos } from '../models/build/verify';
import { percentile } from './lib/percentile';

/** dlib 19 with OpenBLAS, two cores: HOG detector with one upsampling at 800 × 550, and its ResNet for one face. */
const DLIB = { detection: 151, face: 12 } as const;
const DLIB_SIDE = 800;

const rounds = Number(process.argv[2] ?? 5);
const files = await Promise.all(groupPhotos().map((file) => readFile(file)));
const small = await Promise.all(files.map((file) => sharp(file).resize(DLIB_SIDE).jpeg({ quality: 92 }).toBuffer()));

const stages: (StageTimes & { decode: number })[] = [];
let decodeTime = 0;
const recogniser = await Recogniser.load({ onStages: (times) => stages.push({ decode: decodeTime, ...times }) });

async function kith(file: Buffer): Promise<number> {
  const faces = await recogniser.analyse({
    bitmap: async () => {
      const started = performance.now();
      const bitmap = await (await openImage({ bytes: file, maxPixels: 60e6 })).decode();
      decodeTime = performance.now() - started;
      return bitmap;
    },
    encode: true,
  });
  return faces.length;
}

const { tf, faceapi } = await loadTfjs();
const weights = path.join(packageFolder('@vladmandic/face-api'), 'model');
await faceapi.nets.ssdMobilenetv1.loadFromDisk(weights);
await faceapi.nets.faceLandmark68Net.loadFromDisk(weights);
await faceapi.nets.faceRecognitionNet.loadFromDisk(weights);

async function faceApi(file: Buffer): Promise<number> {
  const { data, info } = await sharp(file).rotate().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = tf.tensor3d(data, [info.height, info.width, 3], 'int32');
  const faces = await faceapi.detectAllFaces(asInput(pixels)).withFaceLandmarks().withFaceDescriptors();
  pixels.dispose();
  return faces.length;
}

await oneByOne(kith, files, 1);
await oneByOne(faceApi, files, 1);
stages.length = 0;
const ours = await oneByOne(kith, files, rounds);
for (const stage of ['decode', 'views', 'detect', 'describe'] as const) {
  print({
    stage,
    p50_ms: percentile(
      stages.map((times) => times[stage]),
      50,
    ),
  });
}
const theirs = await oneByOne(faceApi, files, rounds);
const together = await allTogether(files, rounds);
const oursSmall = await oneByOne(kith, small, rounds);
await recogniser.close();

const facesAPhoto = ours.faces / ours.photos;
const dlib = DLIB.detection + DLIB.face * facesAPhoto;
print({ recogniser: 'kith', photo_ms: ours.ms, faces: facesAPhoto, faces_per_second: rate(ours) });
print({ recogniser: 'kith, several at a time', photo_ms: together.ms, faces_per_second: rate(together) });
print({
  recogniser: 'face-api on tfjs-wasm',
  photo_ms: theirs.ms,
  faces: theirs.faces / theirs.photos,
  faces_per_second: rate(theirs),
});
print({ recogniser: `kith at ${DLIB_SIDE} pixels`, photo_ms: oursSmall.ms, faces: oursSmall.faces / oursSmall.photos });
print({ recogniser: `dlib at ${DLIB_SIDE} pixels, not run`, photo_ms: dlib });
print({
  ratio: 'face-api / kith',
  one_by_one: theirs.ms / ours.ms,
  several_at_a_time: theirs.ms / together.ms,
});
print({ ratio: 'dlib / kith', one_by_one: dlib / oursSmall.ms });
// tfjs keeps its WASM threads alive.
process.exit(0);

interface Result {
  photos: number;
  faces: number;
  /** Milliseconds per photo: the median, or the mean if several run in parallel. */
  ms: number;
}

async function oneByOne(run: (file: Buffer) => Promise<number>, pictures: Buffer[], times: number): Promise<Result> {
  const took: number[] = [];
  let faces = 0;
  for (let round = 0; round < times; round++) {
    for (const picture of pictures) {
      const started = performance.now();
      faces += await run(picture);
      took.push(performance.now() - started);
    }
  }
  return { photos: took.length, faces, ms: percentile(took, 50) };
}

async function allTogether(pictures: Buffer[], times: number): Promise<Result> {
  const queue = Array.from({ length: times }, () => pictures).flat();
  const started = performance.now();
  const counts = await Promise.all(queue.map(kith));
  return {
    photos: queue.length,
    faces: counts.reduce((sum, count) => sum + count, 0),
    ms: (performance.now() - started) / queue.length,
  };
}

function rate({ photos, faces, ms }: Result): number {
  return faces / photos / (ms / 1000);
}

function print(line: Record<string, string | number>): void {
  const rounded = Object.entries(line).map(([key, value]) => [
    key,
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}
