import { mustRun } from '../prepare/step.mjs';
import { packManifest, restoreManifest } from './manifest.mjs';

/**
 * Packs a package with `npm pack` into the folder from which the command was started, with a manifest of its own.
 * `prepack` and `postpack` cannot do that: the project's .npmrc has `ignore-scripts`, so that `npm pack` runs neither.
 * @param {string} folder of the package
 * @param {(manifest: import('./manifest.mjs').Manifest) => object} change of its manifest
 */
export async function pack(folder, change) {
  await packManifest(folder, change);
  try {
    const to = ['--pack-destination', process.env.INIT_CWD ?? process.cwd()];
    // The caller's options come last and win.
    await mustRun('npm', ['pack', ...to, ...process.argv.slice(2)], { cwd: folder });
  } finally {
    await restoreManifest(folder);
  }
}
