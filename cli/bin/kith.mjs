#!/usr/bin/env node
/** Starts the command: in a clone from its TypeScript, in the packed package from the bundle that `npm run pack` made. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Galleries, exports, backups and pictures identify people: what is written is for its owner only.
process.umask(0o077);

const source = new URL('../main.ts', import.meta.url);
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
  await import(source.href);
} else {
  await import('../dist/main.js');
}
