import { ensureInstalled } from './install.mjs';
import { ensureModels } from './models.mjs';
import { forEverybody } from './umask.mjs';

/** What every command needs: the packages, the models, and what the browser loads at run time. */
export async function prepare() {
  const written = await forEverybody(async () => {
    await ensureInstalled();
    await ensureModels();
    const { buildAssets } = await import('../assets.mjs');
    return buildAssets();
  });
  if (written > 0) console.log(`• Copied ${written} files for the browser`);
}
