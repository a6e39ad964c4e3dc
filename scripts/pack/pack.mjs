import { mustRun } from '../prepare/step.mjs';
import { packManifest, restoreManifest } from './manifest.mjs';

/**
 * Packs a package with `npm pack` into the folder from which the command was started. `prepack` and `postpack` cannot
 * prepare it: the project's .npmrc has `ignore-scripts`, so `npm pack` runs neither.
 * @param {string} folder of the package
 * @param {(manifest: import('./manifest.mjs').Manifest) => object} [change] of its manifest while it is packed
 */
export async function pack(folder, change = (manifest) => manifest) {
  await packManifest(folder, change);
  try {
    const to = ['--pack-destination', process.env.INIT_CWD ?? process.cwd()];
    // The caller's options come last and win.
    await mustRun('npm', ['pack', ...to, ...process.argv.slice(2)], { cwd: folder });
  } finally {
    await restoreManifest(folder);
  }
}
