/*
 * npm run bench:cli [-- COPIES]
 *
 * Measures `kith recognize --known FOLDER FOLDER2` as a user runs it, including the start of the program, on a folder
 * of portraits (250 pixels high or wide, from npm packages). The encodings of the known people are cached, as after a
 * first run. In the same run, measures face-api with its defaults (SSD, 68 points, ResNet) on tfjs-wasm. dlib is not
 * run: its line is the time per image of Python's face_recognition on this kind of machine. Prints milliseconds per
 * image and ratios.
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { runKith } from '@/cli/testing/runKith';
import { PHOTOS, photoPath } from '@/e2e/fixtures/photos';
import { asInput, loadTfjs, packageFolder } from '../models/build/tfjs';

/** Milliseconds per image of dlib, with the command of face_recognition on two cores. */
const DLIB_MS = 200;
const SIDE = 250;
const copies = Number(process.argv[2] ?? 10);

const folder = await mkdtemp(path.join(tmpdir(), 'kith-bench-cli-'));
const [known, pictures] = [path.join(folder, 'known'), path.join(folder, 'pictures')];
await Promise.all([mkdir(known), mkdir(pictures)]);
const { franck, audrey, cage, connery, obama } = PHOTOS;
const portraits = [...franck, ...audrey, ...cage, ...connery, ...obama];
for (const [name, [photo]] of Object.entries({ Franck: franck, Audrey: audrey, Cage: cage, Connery: connery })) {
  await copyFile(photoPath(photo), path.join(known, `${name}.jpg`));
}
const files: string[] = [];
for (const [i, photo] of portraits.entries()) {
  const small = await sharp(photoPath(photo)).resize(SIDE, SIDE, { fit: 'inside' }).jpeg({ quality: 92 }).toBuffer();
  for (let copy = 0; copy < copies; copy++) {
    const file = path.join(pictures, `${i}-${copy}.jpg`);
    await sharp(small).toFile(file);
    files.push(file);
  }
}

async function recognize(): Promise<number> {
  const started = performance.now();
  const { code, stdout, stderr } = await runKith(['recognize', '--json', '--known', known, pictures]);
  if (code !== 0) throw new Error(stderr);
  if (stdout.trim().split('\n').length !== files.length) throw new Error('some pictures have no result');
  return (performance.now() - started) / files.length;
}

// The first run fills the cache of known people.
await recognize();
const ours = Math.min(await recognize(), await recognize());

const { tf, faceapi } = await loadTfjs();
const weights = path.join(packageFolder('@vladmandic/face-api'), 'model');
await faceapi.nets.ssdMobilenetv1.loadFromDisk(weights);
await faceapi.nets.faceLandmark68Net.loadFromDisk(weights);
await faceapi.nets.faceRecognitionNet.loadFromDisk(weights);

async function faceApi(file: string): Promise<void> {
  const { data, info } = await sharp(await readFile(file))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = tf.tensor3d(data, [info.height, info.width, 3], 'int32');
  await faceapi.detectAllFaces(asInput(pixels)).withFaceLandmarks().withFaceDescriptors();
  pixels.dispose();
}

const sample = files.filter((_, i) => i % copies === 0);
for (const file of sample.slice(0, 2)) await faceApi(file);
const started = performance.now();
for (const file of sample) await faceApi(file);
const theirs = (performance.now() - started) / sample.length;
await rm(folder, { recursive: true });

const row = (name: string, ms: number) =>
  console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(7)} ms an image   ${(ms / ours).toFixed(1).padStart(5)}×`);
row(`kith recognize, ${files.length} portraits, whole command`, ours);
row('face-api, defaults on tfjs-wasm', theirs);
row('dlib by face_recognition (not run here)', DLIB_MS);
// tfjs keeps its WASM threads alive.
process.exit(0);
