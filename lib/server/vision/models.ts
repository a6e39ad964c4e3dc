import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Names of the networks that the server runs, as in `models/manifest.json`. */
export const MODEL_NAMES = ['detector', 'secondDetector', 'mesh', 'encoder'] as const;
/** The name of a network. */
export type ModelName = (typeof MODEL_NAMES)[number];

interface Built {
  models: Record<string, { file: string; sha256: string }>;
}

/** A model file is missing, or differs from the one that was verified when it was built. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/**
 * Reads a model built by `npm run models`, and checks it against the hash recorded then.
 * @param folder the folder `models/` of Kith
 * @throws ModelError
 */
export async function readModel(folder: string, name: ModelName): Promise<Uint8Array> {
  const built = await readBuilt(folder);
  const entry = built.models[name];
  if (!entry) throw new ModelError(`models/built.json has no entry ${name}. Run: npm run models`);
  const bytes = await readFile(path.join(/* turbopackIgnore: true */ folder, entry.file)).catch((cause: unknown) => {
    throw new ModelError(`models/${entry.file} cannot be read. Run: npm run models`, { cause });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) {
    throw new ModelError(`models/${entry.file} has been changed since it was built. Run: npm run models`);
  }
  return bytes;
}

async function readBuilt(folder: string): Promise<Built> {
  try {
    return JSON.parse(await readFile(path.join(/* turbopackIgnore: true */ folder, 'built.json'), 'utf8'));
  } catch (cause) {
    throw new ModelError('The models have not been built. Run: npm run models', { cause });
  }
}
