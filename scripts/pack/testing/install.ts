import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
/** What is packed, and what packs it. */
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

/** A copy of the clone to pack from: for a moment the manifests there are not the clone's. */
export async function copyClone(folder: string): Promise<string> {
  const clone = join(folder, 'clone');
  for (const path of PACKED) await cp(join(ROOT, path), join(clone, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

/**
 * Packs, and unpacks into an empty folder as npm would install it: beside it lies what its manifest asks for, no more.
 * @param clone from {@link copyClone}
 * @param home made
 * @param name of the package
 * @param args of `npm run pack`
 */
export async function packAndInstall(clone: string, home: string, name: string, args: string[] = []): Promise<void> {
  await mkdir(home);
  // npm is a command file on Windows, which only a shell can start.
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
