/**
 * A package's manifest as it is packed differs from the one in the clone, which leads to the sources. npm has no field
 * for that, so the packed one is put in place while npm packs, and the other one back afterwards.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Of package.json, what is read here.
 * @typedef {Record<string, unknown> & { dependencies: Record<string, string> }} Manifest
 */

const KEPT = '.package.json.source';

/**
 * @param {string} folder of the package
 * @param {(manifest: Manifest) => object} change
 */
export async function packManifest(folder, change) {
  // Left by a pack that was killed: what is in place now is the packed one.
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
