import { ensureInstalled } from './install.mjs';
import { ensureModels } from './models.mjs';
import { step } from './step.mjs';

/** What every command needs: the packages, the models, and what the browser loads at run time. */
export async function prepare() {
  await ensureInstalled();
  await step('Models', ensureModels);
  await step('Files for the browser', async () => {
    const { buildAssets } = await import('../assets.mjs');
    await buildAssets();
  });
}
