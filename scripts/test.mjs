/**
 * `npm test`: runs all checks from a clean clone: types, lint, unit tests, and tests of the built server and of the
 * pages in a real browser. It ends with the line "N passed, N failed".
 *
 * Arguments select parts (`npm test -- check unit`), test files (`npm test -- lib/server/http e2e/api/faces`), or the
 * tests that a change can break (`npm test -- --changed`).
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { prepare } from './prepare/prepare.mjs';
import { ROOT, run, runModule, StepError } from './prepare/step.mjs';
import { ensureSystemPrograms } from './prepare/systemPrograms.mjs';
import { CHECKS } from './testing/checks.mjs';
import { chooseTests } from './testing/chooseTests.mjs';

const REPORTS = join(ROOT, '.cache/test-reports');

await main(async () => {
  const { checks, unit, endToEnd } = await chooseTests(process.argv.slice(2));
  await prepare();
  if (unit || endToEnd) await ensureSystemPrograms();
  await rm(REPORTS, { recursive: true, force: true });
  await mkdir(REPORTS, { recursive: true });

  const results = [];
  if (checks) {
    for (const { title, args } of CHECKS) results.push(await check(title, args));
  }
  if (unit) results.push(await unitTests(unit));
  if (endToEnd) results.push(await endToEndTests(endToEnd));
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

/** @typedef {{ passed: number, failed: number }} Result */

/**
 * Runs a program as one test, which passes if the program succeeds.
 * @param {string} title
 * @param {string[]} args of Node.js
 * @returns {Promise<Result>}
 */
async function check(title, args) {
  console.log(`\n• ${title} …`);
  const code = await run(process.execPath, args);
  console.log(code === 0 ? '  passed' : `  failed (exit code ${code})`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string[]} args files; all without
 * @returns {Promise<Result>}
 */
async function unitTests(args) {
  console.log('\n• Unit tests (vitest) …');
  const report = join(REPORTS, 'vitest.json');
  const code = await runModule('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  const { numPassedTests = 0, numFailedTests = 0, numTotalTests = 0 } = await read(report);
  // A file that fails to load has no tests, but is a failure. A run that found no tests is one, too.
  const none = numTotalTests === 0 && args.includes('--passWithNoTests');
  return atLeastOneFailure({ passed: numPassedTests, failed: numFailedTests }, code, none ? 1 : numTotalTests);
}

/**
 * @param {string[]} args files and `--project=NAME`; all without
 * @returns {Promise<Result>}
 */
async function endToEndTests(args) {
  console.log('\n• Tests of the server and its pages (playwright) …');
  try {
    await ensureBuilt();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
  const report = join(REPORTS, 'playwright.json');
  const code = await runModule('playwright/cli.js', ['test', '--reporter=list,json', ...args], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const { stats = { expected: 0, unexpected: 0, flaky: 0 } } = await read(report);
  const { expected, unexpected, flaky } = stats;
  return atLeastOneFailure({ passed: expected, failed: unexpected + flaky }, code, expected + unexpected + flaky);
}

/**
 * @param {Result} result
 * @param {number} code the test program's exit code
 * @param {number} total number of tests that it found
 * @returns {Result}
 */
function atLeastOneFailure(result, code, total) {
  const broken = (code !== 0 || total === 0) && result.failed === 0;
  return broken ? { ...result, failed: 1 } : result;
}

/** @param {string} file a JSON report; empty if the program exited before it wrote one */
async function read(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return {};
  }
}
