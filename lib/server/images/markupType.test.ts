import { describe, expect, test } from 'vitest';
import { openImage } from './decode';
import { markupType } from './markupType';

const typeOf = (text: string) => markupType(Buffer.from(text));

test.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<!-- a -->\n<!-- b --><svg>', 'image/svg+xml'],
  ['<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>', 'image/svg+xml'],
  ['\uFEFF  <!doctype html><title>', 'text/html'],
  ['<!-- saved from a page --><HTML lang="en">', 'text/html'],
  ['<body>', 'text/html'],
  ['<!-- never closed <svg>', null],
  ['<svgfoo>', null],
  ['<headline>', null],
  ['svg', null],
  ['<', null],
  ['', null],
])('%j is %s', (text, type) => {
  expect(typeOf(text)).toBe(type);
});

/** Inputs that kept an earlier regular expression busy for seconds, or for ever. */
const MADE_TO_KEEP_BUSY: [string, Uint8Array][] = [
  ['26 comments', Buffer.from(`${'<!---->'.repeat(26)}x`)],
  ['60 comments', Buffer.from(`${'<!---->'.repeat(60)}x`)],
  ['two million comments', Buffer.from('<!---->'.repeat(2_000_000))],
  ['open comments', Buffer.from('<!--'.repeat(3_500_000))],
  ['prologues', Buffer.from('<?xml?>'.repeat(2_000_000))],
  ['doctypes', Buffer.from('<!doctype svg'.repeat(1_000_000))],
  ['blanks', Buffer.alloc(15_000_000, ' ')],
  // Containers that file-type scans.
  ['chunks of a PNG', Buffer.concat([pngStart(), ...repeat(Buffer.from('\0\0\0\0tEXt\0\0\0\0', 'latin1'), 1_000_000)])],
  ['entries of a ZIP', Buffer.concat(repeat(Buffer.from(`PK\x03\x04${'\0'.repeat(26)}`, 'latin1'), 500_000))],
  ['ID3 headers', Buffer.concat(repeat(Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), 1_500_000))],
  ['EBML', Buffer.concat([Buffer.from('1a45dfa38f', 'hex'), ...repeat(Buffer.from('428680', 'hex'), 5_000_000)])],
  ['ASF', Buffer.concat([Buffer.from('3026b2758e66cf11a6d9', 'hex'), Buffer.alloc(15_000_000)])],
  ['tags of a TIFF', Buffer.concat([Buffer.from('49492a0008000000ffff', 'hex'), Buffer.alloc(15_000_000, 1)])],
];

function pngStart(): Buffer {
  return Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
}

function repeat(bytes: Buffer, times: number): Buffer[] {
  return [Buffer.alloc(bytes.length * times, bytes)];
}

describe('15 MB made to keep the server busy are refused at once', () => {
  test.each(MADE_TO_KEEP_BUSY)('%s', async (_, bytes) => {
    const started = performance.now();
    await expect(openImage({ bytes, maxPixels: 60e6 })).rejects.toThrow();
    // On an idle machine, it takes a hundredth of this.
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
