import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

test('an error on the console shows no parameter, whoever prints it', async () => {
  const program = `
    import { quietConsole } from './lib/server/platform/quietConsole';
    quietConsole();
    quietConsole();
    const error = Object.assign(new Error('Failed query: insert\\nparams: Ottilie'), {
      query: 'insert into people values ($1)', params: ['Ottilie'],
      cause: Object.assign(new Error('no room for Ottilie'), { severity: 'ERROR', code: 'P0001', detail: 'Ottilie' }),
    });
    // As Next does.
    process.on('uncaughtException', (thrown) => console.error('uncaughtException: ', thrown));
    process.on('unhandledRejection', (thrown) => console.error('unhandledRejection: ', thrown));
    console.error(error);
    console.warn('a page failed', { error, list: [error] });
    console.log('as ever', { a: [1, { b: 'c' }] }, 7);
    void Promise.reject(error);
    setImmediate(() => { throw error; });
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: ROOT },
  );
  expect(stdout + stderr).not.toContain('Ottilie');
  expect(stdout).toBe("as ever { a: [ 1, { b: 'c' } ] } 7\n");
  expect(stderr.match(/QueryError: .* P0001/g)).toHaveLength(5);
  expect(stderr.match(/insert into people/g)).toHaveLength(5);
});
