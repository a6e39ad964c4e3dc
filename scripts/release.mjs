/**
 * `npm run release -- 0.2.0`: checks and tests the clone, writes the version, closes the changelog's section, commits,
 * tags, and packs the command and the SDK into `dist/`. It does not push or publish. It prints the remaining steps.
 *
 *    --tested   skips the tests, because they passed on this commit
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './prepare/install.mjs';
import { main } from './prepare/main.mjs';
import { mustRun, ROOT, StepError, step } from './prepare/step.mjs';
import { closeUnreleased } from './release/closeUnreleased.mjs';
import { isNewer, rewrite, VERSIONED } from './release/versions.mjs';

const CHANGELOG = join(ROOT, 'CHANGELOG.md');
const DIST = join(ROOT, 'dist');

await main(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { tested: { type: 'boolean' } } });
  const version = positionals[0] ?? '';
  const current = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).version;
  if (!isNewer(version, current)) throw new StepError(`${version} is not newer than ${current}.`);
  const tag = `v${version}`;
  if (git('status', '--porcelain') !== '') throw new StepError('The clone has changes that are not committed.');
  if (git('tag', '--list', tag) !== '') throw new StepError(`The tag ${tag} is there already.`);
  // Done before the tests, which take an hour, so that an error in the changelog or in a file is reported at once.
  const written = await newTexts(current, version);

  const tested = git('rev-parse', 'HEAD');
  await ensureInstalled();
  if (!values.tested) await mustRun('npm', ['test']);
  if (git('status', '--porcelain') !== '') throw new StepError('The clone was changed during the tests.');
  if (git('rev-parse', 'HEAD') !== tested) throw new StepError('Something was committed during the tests.');
  for (const [file, text] of written) await writeFile(file, text);
  git('commit', '--quiet', '--all', '--no-verify', '--message', `release: ${version}`);
  git('tag', '--annotate', tag, '--message', `Kith ${version}`);
  await mkdir(DIST, { recursive: true });
  await step('Packing the command and the SDK', async () => {
    const to = ['--', '--pack-destination', DIST];
    for (const name of ['cli', 'sdk']) await mustRun('npm', ['run', '--silent', 'pack', '-w', name, ...to]);
  });
  console.log(`
Kith ${version} is committed and tagged. What is left:
  git push --follow-tags
  docker build -t kith:${version} -t kith:latest .
  npm publish --access public dist/kith-cli-${version}.tgz
  npm publish --access public dist/kith-sdk-${version}.tgz`);
});

/**
 * @param {string} from
 * @param {string} to
 * @returns {Promise<[file: string, text: string][]>}
 */
async function newTexts(from, to) {
  const day = new Date().toISOString().slice(0, 10);
  /** @type {[string, string][]} */
  const texts = [[CHANGELOG, closeUnreleased(await readFile(CHANGELOG, 'utf8'), to, day)]];
  for (const entry of VERSIONED) {
    const file = join(ROOT, entry.file);
    texts.push([file, rewrite(await readFile(file, 'utf8'), entry, from, to)]);
  }
  return texts;
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
