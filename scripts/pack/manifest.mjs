/**
 * A package's manifest in the clone refers to the sources; the packed one refers to the built files. npm has no field
 * for that. The manifest is therefore replaced while npm packs, and restored afterwards.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The parts of package.json that are used here.
 * @typedef {Record<string, unknown> & { dependencies: Record<string, string> }} Manifest
 */

const KEPT = '.package.json.source';

/**
 * @param {string} folder of the package
 * @param {(manifest: Manifest) => object} change
 */
export async function packManifest(folder, change) {
  // If an earlier run was killed while packing, the manifest in place is the packed one.
  await restoreManifest(folder);
  const path = join(folder, 'package.json');
  const text = await readFile(path, 'utf8');
  await writeFile(join(folder, KEPT), text);
  await writeFile(path, `${JSON.stringify(change(JSON.parse(text)), null, 2)}\n`);
}

/** @param {string} folder of the package */
export async function restoreManifest(folder) {
  if (existsSync(join(folder, KEPT))) await rename(join(folder, KEPT), join(folder, 'package.json'));
}
