import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { readRecipe } from './recipe.mjs';

/**
 * Writes the files of the image to a folder, from a project that has been built. The tree is the one that the COPY
 * lines of the Dockerfile's last stage make.
 * @param {string} folder the folder for the image's root
 */
export async function makeTree(folder) {
  const recipe = await readRecipe();
  for (const { from, to } of recipe.copies) {
    await mkdir(join(folder, to), { recursive: true });
    await cp(join(ROOT, from), join(folder, to), { recursive: true, verbatimSymlinks: true });
  }
  return recipe;
}
