#!/usr/bin/env node
/** Starts the command: in a clone from its TypeScript, in the package from the bundle of `npm run pack -w cli`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Galleries, exports, backups and pictures identify people, so all written files are for their owner only.
process.umask(0o077);

const source = new URL('../main.ts', import.meta.url);
const bundle = new URL('../dist/main.js', import.meta.url);
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
  await import(source.href);
} else if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  console.error('kith: this package was packed without its program. Pack it with: npm run pack -w cli');
  process.exitCode = 2;
}
