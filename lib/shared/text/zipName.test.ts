import { expect, test } from 'vitest';
import { zipName } from './zipName';

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const utf8 = (text: string) => latin1(new Uint8Array(Buffer.from(text)));

test.each([
  ['Ada Lovelace/1.jpg', 'Ada Lovelace/1.jpg'],
  // From a Mac's ZIP: UTF-8 in NFD, without the flag.
  [utf8('Jose\u0301 Pe\u0301rez/1.jpg'), 'José Pérez/1.jpg'],
  [utf8('Вася/1.jpg'), 'Вася/1.jpg'],
  [utf8('王/1.jpg'), '王/1.jpg'],
  // From Windows: é and ñ of code page 437.
  ['Jos\x82/1.jpg', 'José/1.jpg'],
  ['Pe\xa4a\\1.jpg', 'Peña/1.jpg'],
  // With the flag, so it was already decoded correctly.
  ['José Pérez/1.jpg', 'José Pérez/1.jpg'],
  ['Вася/1.jpg', 'Вася/1.jpg'],
  ['Jos\u00e9\u00a0P/1.jpg', 'Jos\u00e9\u00a0P/1.jpg'],
])('%j is %j', (name, right) => {
  expect(zipName(name)).toBe(right.normalize('NFC'));
});
