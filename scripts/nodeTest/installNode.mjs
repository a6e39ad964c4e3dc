import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, ROOT, StepError, step } from '../prepare/step.mjs';

/**
 * Installs Node.js from the npm package `node` into `.cache/node`, unless it is there.
 * @param {string} version such as 24 or 24.21.0
 * @returns {Promise<{ folder: string, program: string }>} the binary's folder, and its path
 */
export async function installNode(version) {
  const home = join(ROOT, '.cache/node', version);
  const folder = join(home, 'node_modules/node/bin');
  const program = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    await step(`Installing Node.js ${version}`, async () => {
      await mkdir(home, { recursive: true });
      // The package's install script selects the binary of this system. npm 12 runs only scripts that are allowed here.
      await writeFile(join(home, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
      await mustRun('npm', ['install', '--no-save', '--ignore-scripts=false', `node@${version}`], { cwd: home });
    });
  }
  const found = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  if (!found.startsWith(`v${version}`)) throw new StepError(`${program} is ${found}, not ${version}.`);
  console.log(`• Node.js ${found}`);
  return { folder, program };
}
