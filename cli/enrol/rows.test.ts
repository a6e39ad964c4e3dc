import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOf } from './rows';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function listed(name: string, text: string) {
  const path = join(folder, name);
  await writeFile(path, text);
  return (await rowsOf(path, {})).map(({ source, attributes }) => [source, attributes]);
}

test.each([
  ['list.csv', 'image-url,user_name\nhttp://a/1.jpg,"Lovelace, Ada"\n'],
  ['semicolons.csv', 'image_url;user_name\nhttp://a/1.jpg;Lovelace, Ada\n'],
  ['mark.csv', '\uFEFFPhoto URL,user_name\r\nhttp://a/1.jpg,"Lovelace, Ada"\r\n'],
  ['list.jsonl', '{"image_url":"http://a/1.jpg","unique_args":{"user_name":"Lovelace, Ada","note":null}}\n'],
])('%s is read as the console reads it', async (name, text) => {
  expect(await listed(name, text)).toEqual([['http://a/1.jpg', { user_name: 'Lovelace, Ada' }]]);
});

test('a column of groups is no attribute', async () => {
  const path = join(folder, 'groups.csv');
  await writeFile(path, 'image_url,user_name,Groups\nhttp://a/1.jpg,Ada,"Staff; Night shift"\nhttp://a/2.jpg,Bob,\n');
  expect(await rowsOf(path, {})).toEqual([
    { source: 'http://a/1.jpg', isFile: false, attributes: { user_name: 'Ada' }, groups: ['Staff', 'Night shift'] },
    { source: 'http://a/2.jpg', isFile: false, attributes: { user_name: 'Bob' }, groups: [] },
  ]);
});

test.each([
  ['empty.csv', '', 'The list is empty.'],
  ['quotes.csv', 'image_url,a\n"http://a,1', 'Line 2'],
  ['column.csv', 'address,a\nhttp://a,1', 'has no column image_url'],
  ['cell.csv', 'image_url,a\n,1', 'row 1: image_url is missing'],
  ['list.ndjson', '{"image_url":"http://a"}\n[1]', 'Line 2 is not a JSON object.'],
])('%s is refused', async (name, text, why) => {
  await expect(listed(name, text)).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining(why) });
});
