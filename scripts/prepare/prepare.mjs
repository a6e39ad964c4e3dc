import { ensureInstalled } from './install.mjs';
import { areModelsBuilt, ensureModels } from './models.mjs';
import { forEverybody } from './umask.mjs';

/**
 * Prepares what every command needs: the packages, the models, and the files that the browser loads at run time.
 * @param {{ forBuild?: boolean }} [options] `forBuild`: also install the packages that only a build needs. Default: true
 */
export async function prepare({ forBuild = true } = {}) {
  const written = await forEverybody(async () => {
    await ensureInstalled({ forBuild: forBuild || !(await areModelsBuilt()) });
    await ensureModels();
    const { buildAssets } = await import('../assets.mjs');
    return buildAssets();
  });
  if (written > 0) console.log(`• Copied ${written} files for the browser`);
}
