import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const git = promisify(execFile);
const FOLDER = '.githooks';

/**
 * Lets git run the hooks of `.githooks/` in this clone, so that a commit is checked before it is made. Leaves alone
 * hooks that are configured already, continuous integration, and a folder that is no clone.
 *
 * A script of `npm install` cannot do this: `.npmrc` has `ignore-scripts`, for the project's own scripts too.
 * @param {string} root of the clone
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<boolean>} whether it did
 */
export async function installHook(root, env = process.env) {
  if (env.CI || !existsSync(join(root, '.git'))) return false;
  try {
    if (await configured(root)) return false;
    await git('git', ['config', '--local', 'core.hooksPath', FOLDER], { cwd: root });
    console.log(`• git checks commits from now on (${FOLDER}/pre-commit; git commit --no-verify leaves it out)`);
    return true;
  } catch {
    // No git, or a configuration that cannot be written: nothing that a test or a start should fail for.
    return false;
  }
}

/** @param {string} root */
async function configured(root) {
  try {
    return (await git('git', ['config', 'core.hooksPath'], { cwd: root })).stdout.trim() !== '';
  } catch {
    // git ends with 1 for a name that is not set.
    return false;
  }
}
