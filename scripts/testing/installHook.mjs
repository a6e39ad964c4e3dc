import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const git = promisify(execFile);
const FOLDER = '.githooks';

/**
 * Makes git run the hooks of `.githooks/` in this clone, so that each commit is checked before it is made. Does nothing
 * if hooks are already configured, in continuous integration, or if the folder is not a clone.
 *
 * A script of `npm install` cannot do this, because `.npmrc` has `ignore-scripts`, which includes the project's own
 * scripts.
 * @param {string} root of the clone
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<boolean>} whether it configured git
 */
export async function installHook(root, env = process.env) {
  if (env.CI || !existsSync(join(root, '.git'))) return false;
  try {
    if (await configured(root)) return false;
    await git('git', ['config', '--local', 'core.hooksPath', FOLDER], { cwd: root });
    console.log(`• git checks commits from now on (${FOLDER}/pre-commit; git commit --no-verify leaves it out)`);
    return true;
  } catch {
    // Git is missing, or its configuration is not writable. Neither should make a test or a start fail.
    return false;
  }
}

/** @param {string} root */
async function configured(root) {
  try {
    return (await git('git', ['config', 'core.hooksPath'], { cwd: root })).stdout.trim() !== '';
  } catch {
    // git exits with 1 if a name is not set.
    return false;
  }
}
