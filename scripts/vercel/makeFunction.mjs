import { copyFile, cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { together } from './functions.mjs';

/** What starts the function; beside the project's files, as Vercel's own launcher is. */
export const LAUNCHER = 'launcher.cjs';

/**
 * Makes a function's files in a folder: those of its routes, each where the project has it, and a launcher. Nothing else
 * is there, so a file that tracing missed is missing here as well.
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
