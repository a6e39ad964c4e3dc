import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hintCompilation } from './compileHints.mjs';

test('what every page evaluates first is marked for eager compilation, once, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-hints-'));
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  try {
    const manifest = { rootMainFiles: ['react.js', 'client.js'], polyfillFiles: ['old.js'] };
    await writeFile(join(folder, 'build-manifest.json'), JSON.stringify(manifest));
    for (const name of ['react.js', 'client.js', 'old.js']) await writeFile(join(folder, name), 'go();');
    await hintCompilation(folder);
    await hintCompilation(folder);
    // V8 accepts the hint only at the very beginning of a script.
    expect(await read('react.js')).toBe('//# allFunctionsCalledOnLoad\ngo();');
    expect(await read('client.js')).toBe('//# allFunctionsCalledOnLoad\ngo();');
    expect(await read('old.js')).toBe('go();');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
