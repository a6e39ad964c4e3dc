import { mustRun } from '../prepare/step.mjs';
import { packManifest, restoreManifest } from './manifest.mjs';

/**
 * Packs a package with `npm pack` into the folder in which the command was started. `prepack` and `postpack` cannot
 * prepare it, because the project's .npmrc has `ignore-scripts` and `npm pack` then runs neither.
 * @param {string} folder of the package
 * @param {(manifest: import('./manifest.mjs').Manifest) => object} [change] changes its manifest while it is packed
 */
export async function pack(folder, change = (manifest) => manifest) {
  await packManifest(folder, change);
  try {
    const to = ['--pack-destination', process.env.INIT_CWD ?? process.cwd()];
    // The caller's options come last and take precedence.
    await mustRun('npm', ['pack', ...to, ...process.argv.slice(2)], { cwd: folder });
  } finally {
    await restoreManifest(folder);
  }
}
