import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from './step.mjs';

/** Returns what npm prints about a setting, without the settings of the user who runs the tests. */
async function npmConfig(name: string) {
  // Under `npm test`, the environment contains the settings that npm read from the same file.
  const others = Object.entries(process.env).filter(([key]) => !/^npm_config_/i.test(key));
  const env = {
    ...Object.fromEntries(others),
    NODE_ENV: 'test' as const,
    npm_config_userconfig: '',
    npm_config_globalconfig: '',
  };
  const { stdout, stderr } = await promisify(exec)(`npm config get ${name}`, { cwd: ROOT, env });
  return { value: stdout.trim(), warnings: stderr };
}

test('npm knows every setting of .npmrc, and runs no script of a package when it installs', async () => {
  // One such script downloads GPU libraries, and fails if their host is unreachable.
  expect(await npmConfig('ignore-scripts')).toEqual({ value: 'true', warnings: '' });
});
