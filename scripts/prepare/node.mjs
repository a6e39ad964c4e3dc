import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, StepError } from './step.mjs';

/** Exits with a clear message if Node.js is too old. Otherwise, a syntax error would follow later. */
export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = engines.node
    .replace(/[^\d.]/g, '')
    .split('.')
    .map(Number);
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new StepError(
    `Kith needs Node.js ${major}.${minor} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
}
