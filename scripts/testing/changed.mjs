import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT, StepError } from '../prepare/step.mjs';

const git = promisify(execFile);

/**
 * The end-to-end tests that a change of a file can break. The first matching pattern applies. A file that matches none
 * can break everything.
 * @type {[RegExp, string[]][]}
 */
const BREAKS = [
  [/^(bench|\.github|\.githooks)\//, []],
  [/^scripts\/(architecture|docs|release|testing|ci|demo|dockerTest|nodeTest)\b/, []],
  [/\.test\.(ts|tsx|mjs)$/, []],
  [/^docs\/sdk\.md$/, ['e2e/api/sdk.once.spec.ts']],
  [/^docs\/operations\.md$/, ['e2e/api/server.spec.ts']],
  [/^(README\.md|docs\/)/, ['e2e/api/readme.spec.ts']],
  [/\.md$/, []],
  [/^cli\//, ['e2e/api/cli', 'e2e/api/camera']],
  [/^(app\/scan|lib\/phone)\//, ['--project=scan']],
  [/^app\/\(console\)\//, ['--project=console']],
  [/^app\/api\//, ['--project=api-pglite', '--project=api-postgres', '--project=console', '--project=scan']],
  // Matches `e2e/api/faces.spec.ts`, but not the fixtures and pages that all specs share.
  [/^e2e\/[a-z]+\/.*\.spec\.ts$/, ['']],
];

/**
 * Returns the tests that a change of these files can break.
 * @param {string[]} files from the project's folder, with `/`
 * @returns {{ endToEnd: string[] | null }} arguments of Playwright: an empty list means everything, null means nothing
 */
export function brokenBy(files) {
  const found = new Set();
  for (const file of files) {
    const rule = BREAKS.find(([pattern]) => pattern.test(file));
    if (!rule) return { endToEnd: [] };
    for (const argument of rule[1]) found.add(argument || file);
  }
  const chosen = [...found];
  const projects = chosen.filter((argument) => argument.startsWith('--project='));
  // Playwright interprets a project and a file as "this file in this project". With a project, all of it runs.
  const specs = chosen.filter((argument) => !argument.startsWith('--project='));
  if (projects.length > 0 && specs.length > 0) {
    const needed = new Set([...projects, ...specs.flatMap(projectsOf)]);
    return { endToEnd: [...needed] };
  }
  return { endToEnd: chosen.length > 0 ? chosen : null };
}

/** @param {string} spec */
function projectsOf(spec) {
  if (spec.startsWith('e2e/api/')) return ['--project=api-pglite', '--project=api-postgres'];
  return [`--project=${spec.split('/')[1]}`];
}

/**
 * Returns the files that differ from a commit, including new and uncommitted files.
 * @param {string} since a commit, branch or tag
 * @returns {Promise<string[]>}
 * @throws {StepError} if git does not find `since`
 */
export async function changedFiles(since) {
  const lines = async (/** @type {string[]} */ ...args) =>
    (await git('git', args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 })).stdout.split('\n').filter(Boolean);
  try {
    const [base = since] = await lines('merge-base', since, 'HEAD');
    return [
      ...(await lines('diff', '--name-only', '--no-renames', base)),
      ...(await lines('ls-files', '--others', '--exclude-standard')),
    ];
  } catch (error) {
    throw new StepError(`git cannot tell what changed since ${since}: ${String(error.stderr || error.message).trim()}`);
  }
}
