import { copyFile, cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { together } from './functions.mjs';

/** The script that starts the function. It is next to the project's files, like Vercel's own launcher. */
export const LAUNCHER = 'launcher.cjs';

/**
 * Writes a function's files to a folder: the files of its routes at the same paths as in the project, and a launcher.
 * There are no other files, so a file that tracing missed is missing here as well.
 * @param {string} folder
 * @param {import('./functions.mjs').BuiltFunction[]} routes
 */
export async function makeFunction(folder, routes) {
  for (const path of together(routes).keys()) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(ROOT, path), target, { verbatimSymlinks: true });
  }
  await copyFile(join(ROOT, 'scripts/vercel', LAUNCHER), join(folder, LAUNCHER));
}
