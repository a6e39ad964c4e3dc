/**
 * Copies the files that the phone's pipeline loads at run time to where the browser can fetch them:
 * `public/models/VERSION/` and `public/wasm/VERSION/`. They come from the npm packages that `models/browser.json`
 * names. Each file is checked against its SHA-256 first. A package whose content changed under the same version is
 * therefore noticed here and not on a phone. The path includes the version, so a file never changes at its URL, and
 * caches may keep it for ever.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Copies missing files and removes those of earlier versions. Returns the number of files written. Throws if a
 * package's files differ from the manifest.
 */
export async function buildAssets() {
  /** @type {{ version: string, files: { file: string, package: string, path: string, bytes: number, sha256: string }[] }} */
  const { version, files } = JSON.parse(await readFile(join(root, 'models/browser.json'), 'utf8'));
  const expected = createHash('sha256')
    .update(files.map(({ file, sha256 }) => file + sha256).join())
    .digest('hex');
  if (!expected.startsWith(version)) {
    throw new Error(`models/browser.json: version must be ${expected.slice(0, version.length)} for these files`);
  }
  let written = 0;
  for (const { file, package: name, path, bytes, sha256 } of files) {
    const [folder = '', base = ''] = file.split('/');
    const target = join(root, 'public', folder, version, base);
    if ((await stat(target).catch(() => null))?.size === bytes) continue;
    const content = await readFile(join(root, 'node_modules', name, path));
    if (createHash('sha256').update(content).digest('hex') !== sha256) {
      throw new Error(`${name}/${path} is not the file models/browser.json describes: run npm ci`);
    }
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    written += 1;
  }
  for (const folder of ['models', 'wasm']) {
    for (const entry of await readdir(join(root, 'public', folder))) {
      if (entry !== version) await rm(join(root, 'public', folder, entry), { recursive: true });
    }
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = await buildAssets();
  console.log(written === 0 ? 'browser models: up to date' : `browser models: ${written} files written`);
}
