import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { CliError } from './CliError';

/**
 * Returns the folder of the models: beside the bundle in the package, `models/` in a clone.
 * @throws CliError if there are none
 */
export function modelsFolder(): string {
  const candidates = [new URL('./models/', import.meta.url), new URL('../../models/', import.meta.url)];
  const found = candidates.find((folder) => existsSync(new URL('built.json', folder)));
  if (!found) throw new CliError('The models have not been built. Run: npm run models');
  return fileURLToPath(found);
}

/** Loads the server's recogniser, runs `use` with it, and ends its threads. */
export async function withRecogniser<T>(
  { cpus }: { cpus?: number },
  use: (recogniser: Recogniser) => Promise<T>,
): Promise<T> {
  const recogniser = await Recogniser.load({ folder: modelsFolder(), ...(cpus && { threads: cpus }) });
  try {
    return await use(recogniser);
  } finally {
    await recogniser.close();
  }
}
