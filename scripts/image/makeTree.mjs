import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { readRecipe } from './recipe.mjs';

/**
 * Makes the files of the image under a folder, from a project that has been built: the same tree as the COPY lines of
 * the Dockerfile's last stage make in the image.
 * @param {string} folder where the image's root is to be
 */
export async function makeTree(folder) {
  const recipe = await readRecipe();
  for (const { from, to } of recipe.copies) {
    await mkdir(join(folder, to), { recursive: true });
    await cp(join(ROOT, from), join(folder, to), { recursive: true, verbatimSymlinks: true });
  }
  return recipe;
}
