import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
/** The files that are packed, and those that pack them. */
const PACKED = [
  '.npmrc',
  'LICENSE',
  'cli',
  'db',
  'drizzle',
  'lib',
  'models',
  'scripts',
  'sdk',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.layer.json',
];

/**
 * Copies the clone, to pack from the copy. Packing changes the manifests for a moment, and those of the clone must not
 * change.
 */
export async function copyClone(folder: string): Promise<string> {
  const clone = join(folder, 'clone');
  for (const path of PACKED) await cp(join(ROOT, path), join(clone, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

/**
 * Packs a package, and unpacks it into an empty folder as npm would install it. Only the dependencies in its manifest
 * are next to it.
 * @param clone from {@link copyClone}
 * @param home the folder, which is created
 * @param name of the package
 * @param args of `npm run pack`
 */
export async function packAndInstall(clone: string, home: string, name: string, args: string[] = []): Promise<void> {
  await mkdir(home);
  // On Windows, npm is a command file, which only a shell can start.
  const shell = process.platform === 'win32';
  await run('npm', ['run', '--silent', 'pack', ...args, '--', '--pack-destination', home], { cwd: clone, shell });
  const packed = (await readdir(home)).find((file) => file.endsWith('.tgz')) ?? '';
  const installed = join(home, 'node_modules', name);
  await mkdir(installed, { recursive: true });
  await run('tar', ['xzf', packed, '--strip-components=1', '-C', installed], { cwd: home });
  const { dependencies = {} } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    const target = join(home, 'node_modules', dependency);
    await mkdir(dirname(target), { recursive: true });
    await symlink(join(ROOT, 'node_modules', dependency), target);
  }
}
