import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun, run, runModule, StepError, step } from './step.mjs';

/**
 * Programs that the tests need besides npm packages, and how to install them.
 * @type {{ name: string, why: string, present: () => boolean | Promise<boolean>, debian: string, mac: string }[]}
 */
const PROGRAMS = [
  {
    name: 'PostgreSQL (initdb and postgres)',
    why: 'the database tests run on a real server as well',
    present: () => inPath('postgres') || debianPostgres(),
    debian: 'postgresql',
    mac: 'brew install postgresql@17',
  },
  {
    name: 'PgBouncer',
    why: 'hosted databases stand behind such a pooler',
    present: () => inPath('pgbouncer') || existsSync('/usr/sbin/pgbouncer'),
    debian: 'pgbouncer',
    mac: 'brew install pgbouncer',
  },
  {
    name: 'ffmpeg',
    why: "makes the fake camera's film",
    present: () => inPath('ffmpeg'),
    debian: 'ffmpeg',
    mac: 'brew install ffmpeg',
  },
  {
    name: 'Chromium',
    why: 'the tests of console and phone run in it',
    present: hasBrowser,
    debian: 'chromium',
    mac: 'npx playwright install chromium',
  },
];

/**
 * Installs the tests' programs: with apt as root on Debian; elsewhere, Playwright installs Chromium. For the other
 * programs, it prints how to install them.
 */
export async function ensureSystemPrograms() {
  const missing = await missingPrograms();
  if (missing.length === 0) return;
  await step(`Getting ${missing.map(({ name }) => name).join(', ')}`, async () => {
    if (isDebianRoot()) await installDebian(missing.map(({ debian }) => debian));
    else if (missing.some(({ name }) => name === 'Chromium'))
      await runModule('playwright/cli.js', ['install', 'chromium']);
    const still = await missingPrograms();
    if (still.length === 0) return;
    const lines = still.map(
      ({ name, why, debian, mac }) => `  ${name} (${why}): apt-get install ${debian}, or on macOS ${mac}`,
    );
    throw new StepError(`The tests need programs that are not here:\n${lines.join('\n')}`);
  });
}

async function missingPrograms() {
  const missing = [];
  for (const program of PROGRAMS) if (!(await program.present())) missing.push(program);
  return missing;
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** @param {string[]} packages */
async function installDebian(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // The package lists may be old or missing. If updating them fails, the install below reports the problem.
  await run('apt-get', ['update', '-qq'], { env });
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

async function hasBrowser() {
  const { chromiumPath } = await import('../../e2e/fixtures/chromiumPath.mjs');
  return chromiumPath() !== undefined;
}

/** @param {string} program */
function inPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Debian does not put the server's programs in PATH. */
function debianPostgres() {
  const folder = '/usr/lib/postgresql';
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin', 'postgres')));
}
