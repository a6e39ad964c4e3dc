import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOST_CROWDING, normalisedDistance, trust } from '@kith/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PHOTOS, photoPath } from '../../e2e/fixtures/photos';
import { lookAtFile } from '../testing/lookAtFile';
import { readEncodings } from './faceRecognition';
import { kithFileOf } from './kithFile';

const FIXTURE = fileURLToPath(new URL('./testing/encodings.json', import.meta.url));
/** Maximum distance of encodings made with 8-bit weights from dlib's own. */
const WEIGHTS = 0.043;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-foreign-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const one = (seed: number) => Array.from({ length: 128 }, (_, i) => Math.fround(Math.sin(i + seed) / 10));
const ada = { name: 'Ada', encoding: Float32Array.from(one(1)) };
const grace = { name: 'Grace Hopper', encoding: Float32Array.from(one(2)) };

/** Returns a file as numpy.save writes it. */
function npy(descr: string, shape: string, data: Uint8Array): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117).concat('\n');
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  return Buffer.concat([head, Buffer.from(header, 'latin1'), data]);
}
const doubles = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);
const ucs4 = (...texts: string[]) =>
  new Uint8Array(
    Uint32Array.from(texts.flatMap((text) => [...text.padEnd(12, '\0')].map((c) => c.codePointAt(0) ?? 0))).buffer,
  );

describe('the shapes people keep encodings in', () => {
  const both = [ada, grace];
  test.each<[string, () => Promise<string>]>([
    ['an object by name', () => file('a.json', JSON.stringify({ Ada: one(1), 'Grace Hopper': [one(2)] }))],
    [
      'names and encodings',
      () => file('b.json', JSON.stringify({ names: ['Ada', 'Grace Hopper'], encodings: [one(1), one(2)] })),
    ],
    [
      'a list',
      () =>
        file(
          'c.json',
          JSON.stringify([
            { name: 'Ada', encoding: one(1) },
            { name: 'Grace Hopper', face_encoding: one(2) },
          ]),
        ),
    ],
    ['CSV', () => file('d.csv', `Ada,${one(1)}\nGrace Hopper,${one(2)}\n`)],
    [
      'CSV with a header, the name last',
      () => file('e.csv', `${one(0).map((_, i) => `e${i}`)},name\n${one(1)},Ada\n${one(2)},Grace Hopper\n`),
    ],
  ])('%s', async (_name, write) => {
    expect(await readEncodings(await write())).toEqual(both);
  });

  test('.npy of float64 with names beside it, and of float32 with names of its own', async () => {
    const path = await file('faces.npy', npy('<f8', '(2, 128)', doubles(...one(1), ...one(2))));
    await file('names.txt', 'Ada\nGrace Hopper\n');
    expect(await readEncodings(path)).toEqual(both);
    const names = await file('people.npy', npy('<U12', '(2,)', ucs4('Ada', 'Grace Hopper')));
    const single = await file(
      'f4.npy',
      npy('<f4', '(2, 128)', new Uint8Array(Float32Array.from([...one(1), ...one(2)]).buffer)),
    );
    expect(await readEncodings(single, names)).toEqual(both);
    expect(await readEncodings(await file('Ada.npy', npy('<f8', '(128,)', doubles(...one(1)))))).toEqual([ada]);
  });
});

test.each<[string, string, string | Uint8Array, RegExp]>([
  ['a pickle', 'x.pkl', Uint8Array.from([0x80, 4]), /is a pickle.*json\.dump/],
  ['objects of Python in .npy', 'x.npy', npy('|O', '(2,)', new Uint8Array(16)), /holds Python objects/],
  ['half a .npy', 'y.npy', npy('<f8', '(2, 128)', new Uint8Array(100)), /was cut off/],
  ['another shape', 'z.npy', npy('<f8', '(3, 64)', new Uint8Array(1_536)), /shape \(3, 64\)/],
  ['127 numbers', 'x.json', JSON.stringify({ Ada: one(1).slice(1) }), /encoding 1 \(Ada\): has 127 numbers/],
  [
    'a name for two',
    'y.json',
    JSON.stringify({ names: ['Ada'], encodings: [one(1), one(2)] }),
    /1 names and 2 encodings/,
  ],
  ['no JSON', 'z.json', '{', /not valid JSON/],
  ['another shape of JSON', 'v.json', '"Ada"', /unknown format/],
  ['a gap', 'x.csv', `Ada,${one(1).slice(1)},\n`, /line 1: a number is missing/],
  ['nobody', 'w.json', '{}', /has no encodings/],
  ['another file', 'x.txt', '', /must be \.json, \.csv or \.npy/],
])('%s is refused in words', async (_what, name, content, message) => {
  await expect(readEncodings(await file(name, content))).rejects.toThrow(message);
});

test('the same encodings make the same file, so that a longer list adds only what is new', () => {
  const keys = (text: string) => [...text.matchAll(/"key":"(\w+)"/g)].map(([, key]) => key);
  expect(keys(kithFileOf('x', [ada, grace]))).toEqual(expect.arrayContaining(keys(kithFileOf('x', [ada]))));
});

test('they match ours directly: the same people in other photos, and no one else', async () => {
  const others = {
    Franck: PHOTOS.franck[1],
    Audrey: PHOTOS.audrey[1],
    Nicolas: PHOTOS.cage[1],
    Sean: PHOTOS.connery[1],
  };
  const encodings = await readEncodings(FIXTURE);
  const most = WEIGHTS * MOST_CROWDING ** 2;
  for (const [name, photo] of Object.entries(others)) {
    const ours = await lookAtFile(photoPath(photo));
    for (const theirs of encodings) {
      const apart = normalisedDistance(ours, theirs.encoding);
      // By the triangle inequality, this holds for any weights.
      if (theirs.name === name) expect(trust(apart + most), `${name} is ${theirs.name}`).toBeGreaterThan(50);
      else expect(trust(apart - most), `${name} is not ${theirs.name}`).toBeLessThan(50);
    }
  }
});
