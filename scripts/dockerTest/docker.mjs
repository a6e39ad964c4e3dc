import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT, StepError } from '../prepare/step.mjs';

const execute = promisify(execFile);
const MINUTE_MS = 60_000;

/** `docker`, or the program in the variable DOCKER. */
const DOCKER = process.env.DOCKER || 'docker';

/**
 * Runs a program in the project's folder.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number }} [options] the program is killed after `timeoutMs`
 * @returns {Promise<string>} its output on both streams, trimmed
 * @throws {Error} with the end of its output
 */
async function run(program, args, { env = {}, timeoutMs = MINUTE_MS } = {}) {
  try {
    const { stdout, stderr } = await execute(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    });
    return `${stdout}${stderr}`.trim();
  } catch (error) {
    const printed = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    const how = error.killed ? `did not end within ${timeoutMs / 1000} s` : `failed: ${error.message.split('\n')[0]}`;
    throw new Error(`${program} ${args[0]} ${how}\n${printed}`, { cause: error });
  }
}

/**
 * @param {string[]} args of `docker`
 * @param {Parameters<typeof run>[2]} [options]
 */
export const docker = (args, options) => run(DOCKER, args, options);

/**
 * Finds Docker and Compose.
 * @returns {Promise<{ docker: string, compose: string, program: string[] }>} the versions, and the command of Compose
 * @throws {StepError} if one of them is missing
 */
export async function findDocker() {
  const version = await docker(['version', '--format', '{{.Server.Version}} ({{.Server.Os}}/{{.Server.Arch}})']).catch(
    (error) => {
      throw new StepError(`A running Docker is needed: ${error.message}`, { cause: error });
    },
  );
  const named = process.env.COMPOSE?.split(' ').filter(Boolean);
  for (const program of named ? [named] : [[DOCKER, 'compose'], ['docker-compose']]) {
    const [command = '', ...args] = program;
    const compose = await run(command, [...args, 'version', '--short']).catch(() => undefined);
    if (compose !== undefined) return { docker: version, compose: `${program.join(' ')} ${compose}`, program };
  }
  throw new StepError('Compose is needed: "docker compose" (version 2) or "docker-compose" (1.29).');
}

/**
 * Returns functions that run Compose on the project's compose.yaml, under a project name of its own.
 * @param {string[]} program from {@link findDocker}
 * @param {string} project
 * @param {Record<string, string>} env settings that compose.yaml reads
 */
export function composeOf([command = '', ...first], project, env) {
  /**
   * @param {string[]} args
   * @param {{ timeoutMs?: number }} [options]
   */
  const compose = (args, options) =>
    run(command, [...first, '--project-name', project, '--file', 'compose.yaml', ...args], { env, ...options });
  return {
    run: compose,
    /**
     * @param {string} service
     * @returns {Promise<string[]>} the ids of its containers, running or not
     */
    async containers(service) {
      const filters = ['project', 'service'].map((label, index) => [
        '--filter',
        `label=com.docker.compose.${label}=${[project, service][index]}`,
      ]);
      const ids = await docker(['ps', '--all', '--quiet', '--no-trunc', ...filters.flat()]);
      return ids.split('\n').filter(Boolean);
    },
  };
}

/**
 * @param {string} container
 * @returns {Promise<any>} the result of `docker inspect`
 */
export async function inspect(container) {
  return JSON.parse(await docker(['inspect', container]))[0];
}
