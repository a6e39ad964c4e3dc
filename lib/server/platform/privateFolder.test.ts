import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOpenPaths, findOpenPaths, repairModes } from './privateFolder';

let folder: string;
let dataDir: string;
const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8);

/** As a Kith without a umask of its own left it. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-modes-'));
  dataDir = join(folder, 'data');
  for (const path of [dataDir, join(dataDir, 'pg'), join(dataDir, 'pg/base')]) {
    mkdirSync(path);
    chmodSync(path, 0o755);
  }
  for (const path of ['auth-secret', 'pg/PG_VERSION', 'pg/base/1', 'backup.tar.gz']) {
    writeFileSync(join(dataDir, path), 'x');
    chmodSync(join(dataDir, path), 0o666);
  }
  chmodSync(join(dataDir, 'auth-secret'), 0o600);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('takes the rights of others away, names what had them, and then finds nothing', () => {
  const found = repairModes(dataDir);
  expect(found.map(({ path }) => path).sort()).toEqual([
    '',
    'backup.tar.gz',
    'pg',
    'pg/PG_VERSION',
    'pg/base',
    'pg/base/1',
  ]);
  expect(describeOpenPaths(found)).toBe(
    'the folder itself (mode 0755), backup.tar.gz (mode 0666), pg (mode 0755 with 3 more in it)',
  );
  expect(modeOf(dataDir)).toBe('700');
  expect(modeOf(join(dataDir, 'pg/base'))).toBe('700');
  expect(modeOf(join(dataDir, 'pg/base/1'))).toBe('600');
  expect(findOpenPaths(dataDir)).toEqual([]);
});

test('follows no symbolic link, neither to a file nor to a folder', () => {
  const outside = join(folder, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'file'), 'x');
  for (const path of [outside, join(outside, 'file')]) chmodSync(path, 0o777);
  symlinkSync(outside, join(dataDir, 'pg/link'));
  symlinkSync(join(outside, 'file'), join(dataDir, 'pg/base/link'));
  repairModes(dataDir);
  expect([modeOf(outside), modeOf(join(outside, 'file'))]).toEqual(['777', '777']);
});

test.runIf(process.getuid?.() === 0)('leaves what belongs to somebody else, and tells of it', () => {
  chownSync(join(dataDir, 'backup.tar.gz'), 65534, 65534);
  const left = repairModes(dataDir).filter(({ own }) => !own);
  expect(left).toEqual([{ path: 'backup.tar.gz', mode: 0o666, own: false }]);
  expect(modeOf(join(dataDir, 'backup.tar.gz'))).toBe('666');
});

test('touches only what Kith makes where DATA_DIR is somebody’s home folder or the project’s', () => {
  const before = process.cwd();
  process.chdir(dataDir);
  try {
    expect(repairModes(dataDir).map(({ path }) => path)).toEqual(['pg', 'pg/PG_VERSION', 'pg/base', 'pg/base/1']);
  } finally {
    process.chdir(before);
  }
  expect([modeOf(dataDir), modeOf(join(dataDir, 'backup.tar.gz')), modeOf(join(dataDir, 'pg'))]).toEqual([
    '755',
    '666',
    '700',
  ]);
});
