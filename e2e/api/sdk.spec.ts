import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as sdk from '@kith/sdk';
import * as sdkNode from '@kith/sdk/node';
import { PHOTOS, photoPath } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const DOCUMENT = fileURLToPath(new URL('../../docs/sdk.md', import.meta.url));

/** Each example of the document, with what it says it prints. */
async function readExamples(): Promise<{ code: string; prints: string }[]> {
  const text = await readFile(DOCUMENT, 'utf8');
  return [...text.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, code = '', prints = '']) => ({
    code,
    prints,
  }));
}

test('the examples of docs/sdk.md run, one after the other, and print what they say', async ({ kith }, testInfo) => {
  // A dozen processes, one after the other.
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
  for (const name of Object.keys({ ...sdk, ...sdkNode }))
    expect(code, `an example of ${name}`).toMatch(new RegExp(`\\b${name}\\b`));
});
