import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import manifest from './manifest.json';

const root = path.join(import.meta.dirname, '..');

test.each(Object.entries(manifest.fits))('the fitted numbers of %s name their source and licence', async (_, fit) => {
  const text = await readFile(path.join(root, fit.file), 'utf8');
  expect(fit.source.licence).not.toBe('');
  expect(text).toContain(`licence ${fit.source.licence}`);
  await expect(readFile(path.join(root, fit.script), 'utf8')).resolves.toContain(fit.file);
});
