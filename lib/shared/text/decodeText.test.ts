import { expect, test } from 'vitest';
import { decodeText } from './decodeText';

const TEXT = 'image_url,name\nhttps://a/1.jpg,José “Žižek” €\n';
const utf16 = (text: string, mark = '\uFEFF') => new Uint8Array(Buffer.from(mark + text, 'utf16le'));
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16());
/** Made with Python: text.encode('cp1252'). */
const WINDOWS = Uint8Array.from([
  ...Buffer.from('image_url,name\nhttps://a/1.jpg,Jos'),
  0xe9,
  0x20,
  0x93,
  0x8e,
  0x69,
  0x9e,
  0x65,
  0x6b,
  0x94,
  0x20,
  0x80,
  0x0a,
]);

test.each([
  ['UTF-8', new Uint8Array(Buffer.from(TEXT)), 'utf-8', false],
  ['UTF-8 with its mark', new Uint8Array(Buffer.from(`\uFEFF${TEXT}`)), 'utf-8', false],
  ['UTF-16', utf16(TEXT), 'utf-16le', false],
  ['UTF-16 without its mark', utf16(TEXT, ''), 'utf-16le', false],
  ['UTF-16, big-endian', swapped(utf16(TEXT)), 'utf-16be', false],
  ['UTF-16, big-endian, without its mark', swapped(utf16(TEXT, '')), 'utf-16be', false],
  ['Windows-1252, 0x80 to 0x9F too', WINDOWS, 'windows-1252', true],
] as const)('reads %s', (_, bytes, encoding, guessed) => {
  expect(decodeText(bytes)).toEqual({ text: TEXT, encoding, guessed });
});

test('reads what a user chose', () => {
  const cyrillic = Uint8Array.from([0xcc, 0xe0, 0xea, 0xf1]);
  expect(decodeText(cyrillic, 'windows-1251')).toEqual({ text: 'Макс', encoding: 'windows-1251', guessed: false });
  expect(decodeText(WINDOWS, 'windows-1252').text).toBe(TEXT);
  expect(decodeText(new Uint8Array(), undefined)).toEqual({ text: '', encoding: 'utf-8', guessed: false });
});

test('reads a list of megabytes', () => {
  const bytes = new Uint8Array(3_000_000).fill(0x80);
  expect(decodeText(bytes).text).toHaveLength(3_000_000);
});
