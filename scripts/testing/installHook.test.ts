import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installHook } from './installHook.mjs';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'kith-hook-'));
  // The user's own git configuration must not affect the test.
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  // The repository whose hook runs the tests must not affect it either.
  for (const name of OF_A_HOOK) vi.stubEnv(name, undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(clone, { recursive: true, force: true });
});

const git = (...args: string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
/** Variables through which git passes a hook its repository. */
const OF_A_HOOK = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

test('a clone runs the hooks of .githooks, once it is told so', async () => {
  git('init', '-q');
  expect(await installHook(clone, {})).toBe(true);
  expect(git('config', 'core.hooksPath')).toBe('.githooks');
  expect(await installHook(clone, {})).toBe(false);
});

test('hooks that somebody configured stay', async () => {
  git('init', '-q');
  git('config', 'core.hooksPath', 'my-hooks');
  expect(await installHook(clone, {})).toBe(false);
  expect(git('config', 'core.hooksPath')).toBe('my-hooks');
});

test('continuous integration, and a folder that is no clone, are left alone', async () => {
  expect(await installHook(clone, {})).toBe(false);
  git('init', '-q');
  expect(await installHook(clone, { CI: 'true' })).toBe(false);
  expect(() => git('config', '--local', 'core.hooksPath')).toThrow();
});

test.skipIf(process.platform === 'win32')('git can run the hook', () => {
  expect(() => accessSync('.githooks/pre-commit', constants.X_OK)).not.toThrow();
});
