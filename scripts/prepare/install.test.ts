import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasAll } from './install.mjs';
import { ROOT } from './step.mjs';

const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = read('package.json');

test('packages of the build may be missing where nothing is built, others never', () => {
  const wanted = read('package-lock.json').packages;
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(wanted).filter(([path]) => !names.includes(path))) as typeof wanted;
  const slim = without(...Object.keys(wanted).filter((path) => wanted[path].dev));
  expect(Object.keys(slim).length).toBeLessThan(Object.keys(wanted).length / 2);
  expect(hasAll(wanted, wanted, { forBuild: true })).toBe(true);
  expect(hasAll(wanted, slim, { forBuild: true })).toBe(false);
  expect(hasAll(wanted, slim, { forBuild: false })).toBe(true);
  for (const name of ['next', 'sharp', 'commander']) {
    const path = `node_modules/${name}`;
    expect(hasAll(wanted, without(path), { forBuild: false }), name).toBe(false);
    const older = { ...wanted, [path]: { version: '0.0.1' } };
    expect(hasAll(wanted, older, { forBuild: false }), name).toBe(false);
  }
  // Binaries for other systems are not installed.
  const system = without(...Object.keys(wanted).filter((path) => wanted[path].optional || wanted[path].devOptional));
  expect(hasAll(wanted, system, { forBuild: true })).toBe(true);
});

/** Returns the package of an import: `@scope/name/file` belongs to `@scope/name`. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

test('the server and the command import no package that only a build or a test has', () => {
  const files = execFileSync('git', ['ls-files', 'lib/server', 'lib/shared', 'db', 'cli', 'sdk/src'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const sources = files.split('\n').filter((file) => /\.(ts|mjs)$/.test(file) && !/\.test\.|\/testing\//.test(file));
  expect(sources.length).toBeGreaterThan(300);
  const wrong = sources.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /(?:^import(?! type)[^'"]*|\bimport\(|\bfrom )['"]([^'"]+)['"]/gm,
      ),
    ]
      .map(([, specifier = '']) => packageOf(specifier))
      .filter((name) => name in manifest.devDependencies)
      .map((name) => `${file}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('what Next.js loads at run time is installed without the packages of the build', async () => {
  const { default: configOf } = await import('../../next.config.mjs');
  const { serverExternalPackages = [] } = configOf('phase-production-server');
  expect(serverExternalPackages.length).toBeGreaterThan(5);
  for (const name of serverExternalPackages) expect(manifest.dependencies, name).toHaveProperty([name]);
});

test('the command asks for the versions that the server has', () => {
  const { dependencies } = read('cli/package.json');
  for (const [name, version] of Object.entries(dependencies)) {
    expect(manifest.dependencies[name] ?? version, name).toBe(version);
  }
  expect(dependencies).toHaveProperty('onnxruntime-node');
});
