import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './step.mjs';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  os?: string[];
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** Resolves a name like Node.js: in the package's own node_modules, then in those of the parent folders. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/[^/]+(\/[^/]+)?$/, '')) {
    if (`${folder}${folder && '/'}node_modules/${name}` in packages) return true;
    if (folder === '' || !folder.includes('node_modules')) return `node_modules/${name}` in packages;
  }
}

test('the lockfile has the binaries of every system, not only of the one it was written on', () => {
  // npm omits an optional dependency if its registry did not have it at that moment. `npm ci` then fails elsewhere.
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
  const systems = new Set(Object.values(packages).flatMap(({ os = [] }) => os));
  expect([...systems]).toEqual(expect.arrayContaining(['linux', 'darwin', 'win32']));
});

test('the lockfile names no registry', () => {
  const named = Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'));
  expect(named).toEqual([]);
});
