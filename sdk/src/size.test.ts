import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('the whole SDK is under 15 KB compressed, and needs nothing else', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    // Fails if the code uses what a browser does not have, such as a module of Node.
    platform: 'browser',
    write: false,
    metafile: true,
  });
  expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(15 * 1024);
  expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith('sdk/src/'))).toEqual([]);
});
