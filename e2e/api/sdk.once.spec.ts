import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as sdk from '@kith/sdk';
import * as sdkIndexedDb from '@kith/sdk/indexeddb';
import * as sdkNode from '@kith/sdk/node';
import { copyClone, packAndInstall } from '../../scripts/pack/testing/install';
import { PHOTOS, photoPath } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const DOCUMENT = fileURLToPath(new URL('../../docs/sdk.md', import.meta.url));

/** Reads each example of the document, with its documented output. */
async function readExamples(): Promise<{ code: string; prints: string }[]> {
  const text = await readFile(DOCUMENT, 'utf8');
  return [...text.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, code = '', prints = '']) => ({
    code,
    prints,
  }));
}

test('the examples of docs/sdk.md run, one after the other, and print what they say', async ({ kith }, testInfo) => {
  // The test runs a dozen processes, one after the other.
  testInfo.setTimeout(120_000);
  const folder = testInfo.outputPath('examples');
  await mkdir(folder, { recursive: true });
  const photos = {
    'franck.jpg': PHOTOS.franck[0],
    'franck-later.jpg': PHOTOS.franck[1],
    'audrey.jpg': PHOTOS.audrey[0],
    'group.jpg': PHOTOS.groups[0] ?? '',
  };
  for (const [name, photo] of Object.entries(photos)) await copyFile(photoPath(photo), `${folder}/${name}`);

  for (const [number, { code, prints }] of (await readExamples()).entries()) {
    const file = `${folder}/example-${number + 1}.mts`;
    await writeFile(file, code);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: '0', KITH_URL: kith.url, KITH_KEY: kith.key },
    });
    expect(stdout, code).toBe(prints);
  }
});

test('docs/sdk.md has an example of every export', async () => {
  const examples = await readExamples();
  const text = await readFile(DOCUMENT, 'utf8');
  expect(examples.length, 'an example without output is not run').toBe(text.match(/```ts\n/g)?.length);
  const code = examples.map((example) => example.code).join('\n');
  for (const name of Object.keys({ ...sdk, ...sdkNode, ...sdkIndexedDb }))
    expect(code, `an example of ${name}`).toMatch(new RegExp(`\\b${name}\\b`));
});

test('packed, in the browser, the SDK answers as in Node, with SIMD and without', async ({ kith, page }, testInfo) => {
  testInfo.setTimeout(60_000);
  const folder = await mkdtemp(join(tmpdir(), 'kith-packed-'));
  await packAndInstall(await copyClone(folder), `${folder}/home`, '@kith/sdk', ['-w', 'sdk']);
  // An app at the server's origin, which has only this page.
  const body = '<!doctype html><link rel="icon" href="data:,">';
  await page.route(`${kith.url}/app`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.route(`${kith.url}/app/**`, (route) => {
    const path = new URL(route.request().url()).pathname.replace(
      '/app/',
      `${folder}/home/node_modules/@kith/sdk/dist/`,
    );
    return route.fulfill({ contentType: 'text/javascript', path });
  });
  await page.goto(`${kith.url}/app`);
  // The code is a string, because the browser must do the import.
  await page.evaluate("import('/app/index.js').then((module) => { globalThis.kithSdk = module; })");
  const inBrowser = await page.evaluate(searchBoth, { url: kith.url, key: kith.key });
  Object.assign(globalThis, { kithSdk: sdk });
  expect(inBrowser).toEqual(await searchBoth({ url: kith.url, key: kith.key }));
  expect(inBrowser.plain).toEqual(inBrowser.simd);
  expect(inBrowser.simd).toHaveLength(10);
  await rm(folder, { recursive: true });
});

/** Runs in the page and in Node: searches made-up samples, and reads the feed. */
async function searchBoth(server: { url: string; key: string }) {
  const { ExactMatcher, KithClient } = (globalThis as unknown as { kithSdk: typeof sdk }).kithSdk;
  const encoding = (i: number) =>
    Float32Array.from({ length: 128 }, (_, k) => Math.fround(((i * 7919 + k * k) % 997) / 3000));
  const nearest = (simd: boolean) => {
    const matcher = new ExactMatcher({ simd });
    for (let i = 1; i <= 3000; i++) matcher.upsert(i, i % 3 ? Math.ceil(i / 4) : null, encoding(i));
    return matcher.search(encoding(0.5), 10);
  };
  const { faces, ...page } = await new KithClient(server).feed.read({ after: 0, limit: 100 });
  return {
    simd: nearest(true),
    plain: nearest(false),
    feed: { ...page, faces: faces.map((face) => ({ ...face, encoding: Array.from(face.encoding) })) },
  };
}
