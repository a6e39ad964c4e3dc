import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { linesOfBlob } from '@/app/(console)/(shell)/export/linesOfBlob';
import { readLines } from '@/lib/server/transfer/readLines';
import { KithError } from '@/lib/shared/contract/errors';
import { type Line, noCounts, writeLine } from './format';
import { checkFile, parts } from './parts';

const header: Line = { type: 'kith', version: 1, origin: 'x', model: 'm' };
const tombstones = Array.from({ length: 1_234 }, (_, i): Line => ({ type: 'tombstone', face_id: i + 1 }));
const file = [header, ...tombstones, { type: 'end', contains: { ...noCounts(), tombstones: 1_234 } } as Line]
  .map(writeLine)
  .join('');

const inNode = (bytes: Uint8Array) => readLines(Readable.from([bytes]), { maxLineBytes: 1_000 });
const inBrowser = (bytes: Uint8Array<ArrayBuffer>) => linesOfBlob(new Blob([bytes]));

test.each([
  ['as text, in Node', () => inNode(Buffer.from(file))],
  ['compressed, in Node', () => inNode(gzipSync(file))],
  ['as text, in a browser', () => inBrowser(new TextEncoder().encode(file))],
  ['compressed, in a browser', () => inBrowser(new Uint8Array(gzipSync(file)))],
])('a file %s is cut into files that together say the same', async (_name, lines) => {
  expect(await checkFile(lines())).toMatchObject({ origin: 'x' });
  const records: unknown[] = [];
  const sizes: number[] = [];
  for await (const part of parts(lines())) {
    const read = part.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(await checkFile(inNode(Buffer.from(part.text)))).toMatchObject({ origin: 'x' });
    expect(read.at(-1).contains.tombstones).toBe(part.records);
    records.push(...read.slice(1, -1));
    sizes.push(part.records);
  }
  expect(sizes).toEqual([500, 500, 234]);
  expect(records).toEqual(tombstones);
});

test('a file is refused before anything of it is sent', async () => {
  await expect(checkFile(inNode(Buffer.from(file.slice(0, -40))))).rejects.toThrow(/Line 1236|cut off/);
  await expect(checkFile(inBrowser(new Uint8Array(gzipSync(file).subarray(0, 500))))).rejects.toThrow(/not a file/);
  await expect(checkFile(inBrowser(new Uint8Array()))).rejects.toThrow(/not a file/);
});

test.each([
  ['that is not UTF-8', Buffer.from([0xff, 0x0a])],
  ['with a byte order mark', Buffer.from('\uFEFF{"type":"tombstone","face_id":1}\n')],
])('a later line %s is refused, in Node and in a browser', async (_name, line) => {
  const bytes = Buffer.concat([Buffer.from(writeLine(header)), line]);
  await expect(checkFile(inNode(bytes))).rejects.toBeInstanceOf(KithError);
  await expect(checkFile(inBrowser(new Uint8Array(bytes)))).rejects.toBeInstanceOf(KithError);
});

test('a byte order mark before the first line is no part of it', async () => {
  const bytes = Buffer.from(`\uFEFF${file}`);
  expect(await checkFile(inNode(bytes))).toMatchObject({ origin: 'x' });
  expect(await checkFile(inBrowser(new Uint8Array(bytes)))).toMatchObject({ origin: 'x' });
});
