/**
 * `npm run test:node -- 24`: `npm test` on another Node.js, whose binary comes from the npm package `node`. Further
 * arguments choose tests: parts of `npm test` (check, unit, api, console, scan) or files.
 *
 *   npm run test:node -- 22 unit
 *   npm run test:node -- 24 lib/server/http e2e/api/faces
 */
import { delimiter } from 'node:path';
import { installNode } from './nodeTest/installNode.mjs';
import { ensureInstalled } from './prepare/install.mjs';
import { main } from './prepare/main.mjs';
import { run, StepError } from './prepare/step.mjs';

await main(async () => {
  const [version = '', ...chosen] = process.argv.slice(2);
  if (!/^\d+(\.\d+){0,2}$/.test(version)) throw new StepError('Which Node.js? npm run test:node -- 24');
  await ensureInstalled();
  const { folder, program } = await installNode(version);
  // The folder comes first in PATH, so that npm and every other program that a test starts use this `node`.
  const PATH = `${folder}${delimiter}${process.env.PATH}`;
  // Windows may spell PATH differently. Two spellings would be two variables.
  const spelling = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return run(program, ['scripts/test.mjs', ...chosen], { env: { [spelling]: PATH } });
});
