/**
 * `npm run image:tree FOLDER`: writes the contents of the image to a folder, without Docker, and prints how to run
 * them.
 */
import { resolve } from 'node:path';
import { makeTree } from './image/makeTree.mjs';
import { ensureBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { prepare } from './prepare/prepare.mjs';
import { StepError } from './prepare/step.mjs';

await main(async () => {
  const folder = process.argv[2];
  if (!folder) throw new StepError('Which folder? npm run image:tree FOLDER');
  await prepare();
  await ensureBuilt();
  const { workdir, command } = await makeTree(resolve(folder));
  console.log(`The image's files are there. To run them: cd ${resolve(folder)}${workdir} && ${command.join(' ')}`);
});
