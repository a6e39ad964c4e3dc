import { StepError } from '../prepare/step.mjs';
import { brokenBy, changedFiles } from './changed.mjs';

/**
 * The named parts of the suite, and the Playwright projects of each.
 * @type {Record<string, string[]>}
 */
const PROJECTS = { api: ['api-pglite', 'api-postgres'], console: ['console'], scan: ['scan'] };

/**
 * @typedef {object} Chosen
 * @property {boolean} checks whether types and lint are checked
 * @property {string[] | null} unit arguments of vitest; null if it does not run
 * @property {string[] | null} endToEnd arguments of Playwright; null if it does not run
 */

/**
 * Parses what is to be tested: parts (check, unit, api, console, scan), files, `--project=NAME` of Playwright, or
 * `--changed` (`--changed=REF`). The last one selects the tests that the files differing from a commit can break.
 * @param {string[]} args if empty, everything is tested
 * @param {(since: string) => Promise<string[]>} [differing] returns the files that differ from a commit
 * @returns {Promise<Chosen>}
 * @throws {StepError} for an unknown option
 */
export async function chooseTests(args, differing = changedFiles) {
  const changed = args.find((arg) => /^--changed(=|$)/.test(arg));
  if (changed) {
    if (args.length > 1) throw new StepError('--changed stands alone.');
    const since = changed.split('=')[1] || 'main';
    const files = await differing(since);
    const { endToEnd } = brokenBy(files);
    // vitest follows the imports of its files. It cannot find tests that read other files without importing them.
    const followed = files.every((file) => /\.(ts|tsx|mjs)$/.test(file));
    return { checks: true, unit: followed ? ['--changed', since, '--passWithNoTests'] : [], endToEnd };
  }
  if (args.length === 0) return { checks: true, unit: [], endToEnd: [] };
  /** @type {{ checks: boolean, unit: string[], endToEnd: string[] }} */
  const files = { checks: false, unit: [], endToEnd: [] };
  let wholeUnit = false;
  for (const arg of args) {
    if (arg === 'check') files.checks = true;
    else if (arg === 'unit') wholeUnit = true;
    else if (Object.hasOwn(PROJECTS, arg)) {
      files.endToEnd.push(...(PROJECTS[arg] ?? []).map((project) => `--project=${project}`));
    } else if (arg.startsWith('--project=') || /^(\.\/)?e2e\//.test(arg)) files.endToEnd.push(arg);
    else if (arg.startsWith('-')) throw new StepError(`${arg} is not known. ${USAGE}`);
    else files.unit.push(arg);
  }
  return {
    checks: files.checks,
    unit: wholeUnit ? [] : atLeastOne(files.unit),
    endToEnd: atLeastOne(files.endToEnd),
  };
}

/** @param {string[]} args */
function atLeastOne(args) {
  return args.length > 0 ? args : null;
}

const USAGE = `Parts: check, unit, ${Object.keys(PROJECTS).join(', ')}; or test files; or --project=NAME; or --changed`;
