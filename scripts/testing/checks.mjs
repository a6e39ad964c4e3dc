import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';

/**
 * Checks that do not run Kith: types, imports, format. Each is a program that counts as one test, which passes if it
 * succeeds.
 * @typedef {{ title: string, args: string[] }} Check
 * @type {Check[]}
 */
export const CHECKS = [
  {
    title: 'Types of each layer (tsc -b)',
    args: [installed('typescript/bin/tsc'), '-b', '--force', 'tsconfig.layers.json'],
  },
  { title: 'Types of scripts (tsc)', args: [installed('typescript/bin/tsc'), '-p', 'scripts'] },
  { title: 'Types (tsc)', args: [installed('typescript/bin/tsc'), '--noEmit', '-p', '.'] },
  { title: 'Imports go one way (npm run architecture)', args: [join(ROOT, 'scripts/architecture.mjs')] },
  {
    title: 'Format and lint (biome)',
    args: [installed('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  },
];

/** @param {string} path inside node_modules */
function installed(path) {
  return join(ROOT, 'node_modules', path);
}
