import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { planPictures } from '@/lib/shared/text/planPictures';
import { chosenSources } from './chosenSources';

const LIMITS = { mostBytes: 1000 };

const fileAt = (path: string, content: BlobPart = 'x') => ({
  path,
  file: new File([content], path.split('/').at(-1) ?? ''),
});

async function peopleIn(...chosen: { path: string; file: File }[]) {
  const sources = await chosenSources(chosen, LIMITS);
  return sources.flatMap(({ files, wrapped }) =>
    planPictures(files, { wrapped }).pictures.map(({ file, person }) => [file.shown, person]),
  );
}

test('a chosen folder is nobody, and several dropped folders are somebody each', async () => {
  expect(await peopleIn(fileAt('people-flat/Ada Lovelace.jpg'), fileAt('people-flat/Alan Turing.jpg'))).toEqual([
    ['people-flat/Ada Lovelace.jpg', 'Ada Lovelace'],
    ['people-flat/Alan Turing.jpg', 'Alan Turing'],
  ]);
  expect(await peopleIn(fileAt('/staff/Ada/1.jpg'), fileAt('/staff/Ada/2024/2.jpg'))).toEqual([
    ['staff/Ada/1.jpg', 'Ada'],
    ['staff/Ada/2024/2.jpg', 'Ada'],
  ]);
  expect(await peopleIn(fileAt('/Ada/1.jpg'), fileAt('/Alan/1.jpg'), fileAt('/Grace.jpg'))).toEqual([
    ['Ada/1.jpg', 'Ada'],
    ['Alan/1.jpg', 'Alan'],
    ['Grace.jpg', 'Grace'],
  ]);
});

test('a ZIP with a flat folder has a person for each file, and is unpacked with its bytes', async () => {
  const zip = zipSync({
    'people/Ada Lovelace.jpg': Uint8Array.of(1, 2),
    'people/Alan Turing.jpg': Uint8Array.of(3),
    '__MACOSX/people/._Alan Turing.jpg': Uint8Array.of(4),
  });
  const chosen = fileAt('flat-in-folder.zip', zip.slice().buffer);
  expect(await peopleIn(chosen)).toEqual([
    ['people/Ada Lovelace.jpg', 'Ada Lovelace'],
    ['people/Alan Turing.jpg', 'Alan Turing'],
  ]);
  const [source] = await chosenSources([chosen], LIMITS);
  const first = source?.files[0]?.file;
  expect(new Uint8Array((await first?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(Uint8Array.of(1, 2));
  expect(source?.files.map(({ path }) => path)).toContain('__MACOSX/people/._Alan Turing.jpg');
});

test('what is called a ZIP and is none is named', async () => {
  const text = await readFile('package.json');
  await expect(chosenSources([fileAt('people.zip', text)], LIMITS)).rejects.toThrow('people.zip is not a ZIP archive.');
});

test('pictures that are too large for the server are left out by name, and not unpacked', async () => {
  const zip = zipSync({ 'Ada.jpg': new Uint8Array(1000).fill(7), 'Alan.jpg': new Uint8Array(1001) });
  const chosen = [fileAt('people.zip', zip.slice().buffer), fileAt('Grace.jpg', new Uint8Array(1001))];
  const sources = await chosenSources(chosen, LIMITS);
  const plans = sources.map(({ files, wrapped }) => planPictures(files, { wrapped }));
  expect(plans.map(({ pictures }) => pictures.map(({ person }) => person))).toEqual([[], ['Ada']]);
  expect(plans.flatMap(({ leftOut }) => leftOut)).toEqual([
    { path: 'Grace.jpg', reason: 'tooLarge' },
    { path: 'Alan.jpg', reason: 'tooLarge' },
  ]);
  expect(sources[1]?.files.map(({ file }) => file.size)).toEqual([1000, 0]);
});

test('a ZIP of more pictures than are unpacked together has each with its bytes', async () => {
  const bytes = (nth: number) => new Uint8Array(30 * nth).fill(nth);
  const zip = zipSync({ 'a.jpg': bytes(1), 'b.jpg': bytes(2), 'c.jpg': bytes(3), 'd.jpg': bytes(9) });
  const [source] = await chosenSources([fileAt('people.zip', zip.slice().buffer)], { ...LIMITS, atOnce: 100 });
  const found = await Promise.all((source?.files ?? []).map(({ file }) => file.arrayBuffer()));
  expect(found.map((data) => new Uint8Array(data))).toEqual([1, 2, 3, 9].map(bytes));
});
