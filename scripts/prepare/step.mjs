import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, independent of the working directory. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Thrown if a step fails. The message is for the user who started the command. */
export class StepError extends Error {}

/**
 * Runs a step. Prints its title before, and its duration afterwards.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  console.log(`• ${title} …`);
  const result = await work();
  console.log(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Runs a program and shows its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} its exit code
 */
export function run(command, args, { env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      // On Windows, npm and npx are command files, which only a shell can start.
      shell: process.platform === 'win32' && !command.endsWith('.exe'),
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program as `run` does. Throws if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new StepError(`${[command, ...args].join(' ')} ended with ${code}`);
}

/**
 * Runs the JavaScript entry point of an installed package with this Node.js. `npx` would add a process in between,
 * which its child outlives.
 * @param {string} path inside node_modules
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export function runModule(path, args, options) {
  return run(process.execPath, [`node_modules/${path}`, ...args], options);
}
