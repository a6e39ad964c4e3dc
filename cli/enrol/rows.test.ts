import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKith } from '../testing/runKith';
import { planEnrolment } from './rows';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Creates files with one byte each in a new folder. */
async function folderOf(name: string, files: string[]): Promise<string> {
  for (const file of files) await write(`${name}/${file}`, 'x');
  return join(folder, name);
}

async function listed(name: string, content: string | Uint8Array) {
  const plan = await planEnrolment([await write(name, content)], { attributes: {} });
  return { ...plan, rows: plan.rows.map(({ source, attributes }) => [source, attributes]) };
}

const namesIn = async (sources: string[]) =>
  (await planEnrolment(sources, { attributes: {} })).rows.map(({ attributes }) => attributes.user_name);

test.each([
  ['list.csv', 'image-url,user_name\nhttp://a/1.jpg,"Lovelace, Ada"\n'],
  ['semicolons.csv', 'image_url;user_name\nhttp://a/1.jpg;Lovelace, Ada\n'],
  ['sep.csv', 'sep=;\r\nimage_url;user_name\r\nhttp://a/1.jpg;Lovelace, Ada\r\n'],
  ['mark.csv', '\uFEFFPhoto URL,Full Name\r\nhttp://a/1.jpg,"Lovelace, Ada"\r\n'],
  ['utf16.csv', Buffer.from('\uFEFFPhoto URL\tName\r\nhttp://a/1.jpg\tLovelace, Ada\r\n', 'utf16le')],
  ['list.jsonl', '{"image_url":"http://a/1.jpg","unique_args":{"user_name":"Lovelace, Ada","note":null}}\n'],
])('%s is read as the console reads it', async (name, content) => {
  expect((await listed(name, content)).rows).toEqual([['http://a/1.jpg', { user_name: 'Lovelace, Ada' }]]);
});

test('a list of Windows-1252 is read, and its encoding is said', async () => {
  const { rows, notes } = await listed(
    'windows.csv',
    Buffer.from('url,Employee No,name\nhttp://a,7,Ren\xe9 \x8eit\n', 'latin1'),
  );
  expect(rows).toEqual([['http://a', { user_id: '7', user_name: 'René Žit' }]]);
  expect(notes).toEqual([
    expect.stringMatching(/not UTF-8 .* Windows-1252 .*--encoding/),
    expect.stringMatching(/pictures from “url”, ids from “Employee No”, names from “name”\.$/),
  ]);
});

test('rows that cannot be enrolled are named by the numbers of their file, and left out', async () => {
  const plan = await planEnrolment(
    [await write('bad.csv', 'image_url,a\n,1\nhttp://a,1\nhttp://b,1,2\n\nhttp://c\n')],
    {
      attributes: {},
    },
  );
  expect(plan.rows.map(({ source, row }) => [source, row])).toEqual([['http://a', 3]]);
  expect(plan.badRows).toBe(3);
  expect(plan.notes.slice(1).map((note) => note.slice(folder.length + 1))).toEqual([
    'bad.csv, row 2: left out, because it has no address of a picture.',
    'bad.csv, row 4: left out, because it has 3 cells, and the header has 2.',
    'bad.csv, row 6: left out, because it has 1 cell, and the header has 2.',
  ]);
});

test('a column of groups is no attribute', async () => {
  const path = join(folder, 'groups.csv');
  await writeFile(path, 'image_url,user_name,Groups\nhttp://a/1.jpg,Ada,"Staff; Night shift"\nhttp://a/2.jpg,Bob,\n');
  const { rows, notes } = await planEnrolment([path], { attributes: {} });
  expect(rows).toEqual([
    {
      source: 'http://a/1.jpg',
      read: null,
      attributes: { user_name: 'Ada' },
      groups: ['Staff', 'Night shift'],
      row: 2,
    },
    { source: 'http://a/2.jpg', read: null, attributes: { user_name: 'Bob' }, groups: [], row: 3 },
  ]);
  expect(notes[0]).toMatch(/names from “user_name”, groups from “Groups”\.$/);
  const { stdout } = await runKith(['enroll', '--dry-run', path, '--group', 'Visitors']);
  expect(stdout).toMatch(/1\.jpg +→ +Ada +Staff, Night shift, Visitors\n.*2\.jpg +→ +Bob +Visitors\n/);
}, 120_000);

test.each([
  ['empty.csv', '', 'The list is empty.'],
  ['quotes.csv', 'image_url,a\n"http://a,1', 'Line 2'],
  ['column.csv', 'address,a\nhttp://a,1', 'has no column image_url'],
  ['list.ndjson', '{"image_url":"http://a"}\n[1]', 'Line 2 is not a JSON object.'],
])('%s is refused', async (name, text, why) => {
  await expect(listed(name, text)).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining(why) });
});

test('people numbered in a flat folder are people, and what lies beside pictures is left out', async () => {
  const known = await folderOf('known', [
    'emp101.jpg',
    'emp102.jpg',
    'emp103.JPEG',
    '._emp101.jpg',
    '__MACOSX/._emp102.jpg',
    '.DS_Store',
    'old.jfif',
    'Grace.HEIC',
  ]);
  const { rows, leftOut } = await planEnrolment([known], { attributes: {} });
  expect(rows.map(({ attributes }) => attributes.user_name)).toEqual(['emp101', 'emp102', 'emp103', 'old']);
  expect(leftOut.map(({ path, reason }) => [path, reason])).toEqual([
    ['.DS_Store', 'system'],
    ['._emp101.jpg', 'system'],
    ['Grace.HEIC', 'heic'],
    ['__MACOSX/._emp102.jpg', 'system'],
  ]);
});

test('several folders count as chosen together', async () => {
  const ada = await folderOf('together/Ada', ['1.jpg']);
  const alan = await folderOf('together/Alan', ['1.jpg']);
  expect(await namesIn([ada, `${alan}/`])).toEqual(['Ada', 'Alan']);
});

test('a Mac’s ZIP has its names and none of its junk', async () => {
  // fflate sets the flag for names beyond ASCII. Once the flag is cleared, these bytes are what a Mac writes.
  const utf8 = Buffer.from('Jose\u0301 Pe\u0301rez/1.jpg').toString('latin1');
  const bytes = withoutFlag(utf8, { 'Ada/2.JPG': new Uint8Array(1), '__MACOSX/Ada/._2.JPG': new Uint8Array(1) });
  const zip = await write('mac.zip', bytes);
  const { rows, leftOut } = await planEnrolment([zip], { attributes: {} });
  expect(rows.map(({ attributes }) => attributes.user_name)).toEqual(['José Pérez'.normalize('NFC'), 'Ada']);
  expect(leftOut).toEqual([{ path: '__MACOSX/Ada/._2.JPG', reason: 'system' }]);
  expect(await rows[1]?.read?.()).toEqual(new Uint8Array(1));
});

test('a ZIP of many pictures is read in a time that grows with its size alone', async () => {
  const names = Array.from({ length: 6000 }, (_, i) => `Person ${i}.jpg`);
  const pictures = Object.fromEntries(names.map((name, i) => [name, Uint8Array.of(i % 256, 1)]));
  const { rows } = await planEnrolment([await write('many.zip', zipSync(pictures, { level: 0 }))], { attributes: {} });
  expect(rows).toHaveLength(names.length);
  for (const [i, { read }] of rows.entries()) expect([...((await read?.()) ?? [])]).toEqual([i % 256, 1]);
}, 20_000);

test('a picture in a ZIP that says it is larger than any server takes is left out by name', async () => {
  const zip = Buffer.from(zipSync({ 'Ada.jpg': new Uint8Array(99), 'Alan.jpg': Uint8Array.of(1, 2) }));
  // The size of the first file, in the directory at the end of the ZIP.
  zip.writeUInt32LE(4e9, zip.indexOf('PK\x01\x02') + 24);
  const { rows, leftOut } = await planEnrolment([await write('large.zip', zip)], { attributes: {} });
  expect(leftOut).toEqual([{ path: 'Ada.jpg', reason: 'tooLarge' }]);
  expect(rows.map(({ attributes }) => attributes.user_name)).toEqual(['Alan']);
  expect(await rows[0]?.read?.()).toEqual(Uint8Array.of(1, 2));
});

/** Returns a ZIP whose first file has this name, one byte per character, without the UTF-8 flag. */
function withoutFlag(name: string, others: Record<string, Uint8Array>): Uint8Array {
  // Has the length of the name in bytes.
  const ascii = 'x'.repeat(name.length);
  const zip = Buffer.from(zipSync({ [ascii]: new Uint8Array(1), ...others }, { level: 0 }));
  for (let at = zip.indexOf(ascii); at >= 0; at = zip.indexOf(ascii, at + 1)) zip.write(name, at, 'latin1');
  return zip;
}

test('a dry run prints who would be enrolled, names what is left out, and needs no server', async () => {
  const flat = await folderOf('flat', ['Ada Lovelace.jpg', 'Alan Turing-2.jpg', 'Grace Hopper.HEIC']);
  const { code, stdout, stderr } = await runKith(['enroll', '--dry-run', flat]);
  expect(code).toBe(4);
  expect(stdout).toMatch(
    /Ada Lovelace\.jpg +→ +Ada Lovelace\n.*Alan Turing-2\.jpg +→ +Alan Turing\n2 pictures of 2 people\. Nothing was sent/,
  );
  expect(stderr).toMatch(/^kith: Left out: 1 HEIC picture \(Grace Hopper\.HEIC\)\. .*JPEG/);
  const only = await folderOf('only', ['IMG_0001.HEIC']);
  const none = await runKith(['enroll', '--dry-run', only]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/no pictures found\. Left out: 1 HEIC picture/)]);
}, 120_000);
