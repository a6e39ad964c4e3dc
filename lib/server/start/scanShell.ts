import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Matches the name of a built file, in a manifest or inside another built file, without what follows it. */
const REFERENCE = /static\/[\w./~@-]+/g;
const FILE = /^.+?\.(?:js|css|wasm|woff2)\b/;

/**
 * Returns the built files that the recognition page needs: those in its manifests, those that they name (workers,
 * chunks that load later), and so on. The chunks of the console are not among them, so a phone neither fetches them nor
 * updates for them. Paths are relative to the build folder.
 */
export function scanShell(buildFolder: string): Set<string> {
  const shell = new Set<string>();
  const waiting = roots(buildFolder).flatMap((file) => references(join(buildFolder, file)));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (shell.has(file) || !existsSync(join(buildFolder, file))) continue;
    shell.add(file);
    if (/\.(?:js|css)$/.test(file)) waiting.push(...references(join(buildFolder, file)));
  }
  return shell;
}

/** Manifests that Next writes for a page, and for what every page needs. */
function roots(buildFolder: string): string[] {
  const page = 'server/app/scan';
  const manifests = readdirSync(join(buildFolder, page), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('manifest.js') || name.endsWith('manifest.json'))
    .map((name) => join(page, name));
  return ['build-manifest.json', 'server/app/scan/page_client-reference-manifest.js', ...manifests].filter((file) =>
    existsSync(join(buildFolder, file)),
  );
}

/** CSS names fonts relative to itself (`../media/x.woff2`). Everything else is named by `static/…`. */
function references(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const own = path.endsWith('.css')
    ? [...text.matchAll(/url\(["']?\.\.\/media\/([\w.~@-]+)/g)].map(([, name]) => `static/media/${name}`)
    : [];
  const named = (text.match(REFERENCE) ?? []).flatMap((reference) => FILE.exec(reference)?.[0] ?? []);
  return [...named, ...own];
}
