import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kith-umask-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === 'win32')(
  'a start is private, and what it builds is as the umask of its shell wants it',
  () => {
    const script = `
    import { spawnSync } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    import { forEverybody, keepFilesPrivate } from './scripts/prepare/umask.mjs';
    process.umask(0o022);
    keepFilesPrivate();
    const write = (name) => writeFileSync(process.argv[1] + '/' + name, '');
    write('before');
    await forEverybody(async () => {
      write('built');
      spawnSync(process.execPath, ['-e', 'fs.writeFileSync(process.argv[1], "")', process.argv[1] + '/by a child']);
    });
    await forEverybody(() => Promise.reject(new Error('failed'))).catch(() => undefined);
    write('after');`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const modes = ['before', 'built', 'by a child', 'after'].map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o644, 0o644, 0o600]);
  },
);
