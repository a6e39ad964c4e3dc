import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bitmap } from '@/lib/shared/vision/types';
import { openImage } from './decode';

const MAX_PIXELS = 60_000_000;

/** Returns a picture of 80 × 40 pixels: the left half red, the right half blue. */
const twoHalves = () =>
  sharp({ create: { width: 80, height: 40, channels: 3, background: '#e02010' } }).composite([
    { input: { create: { width: 40, height: 40, channels: 3, background: '#1020e0' } }, left: 40, top: 0 },
  ]);

/** Returns a picture with so much detail that a part of the file is not the whole picture. */
const noise = () =>
  sharp({
    create: {
      width: 320,
      height: 240,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  });

async function decode(bytes: Uint8Array, maxPixels = MAX_PIXELS): Promise<Bitmap & { mime: string }> {
  const opened = await openImage({ bytes, maxPixels });
  return { ...(await opened.decode()), mime: opened.mime };
}

function pixel(bitmap: Bitmap, x: number, y: number): number[] {
  const at = (y * bitmap.width + x) * 3;
  return [...bitmap.data.subarray(at, at + 3)];
}

/** Expects every channel to be within the changes that lossy codecs and colour conversions make. */
function expectNear(actual: number[], wanted: number[], tolerance = 24): void {
  expect(actual).toHaveLength(wanted.length);
  const far = actual.filter((value, i) => Math.abs(value - (wanted[i] ?? 0)) > tolerance);
  expect(far, `${actual} is not near ${wanted}`).toEqual([]);
}

const RED = [0xe0, 0x20, 0x10];
const BLUE = [0x10, 0x20, 0xe0];

describe('what a picture is', () => {
  test.each([
    ['image/jpeg', (p: Sharp) => p.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })],
    ['image/jpeg', (p: Sharp) => p.jpeg({ progressive: true })],
    ['image/png', (p: Sharp) => p.png()],
    ['image/png', (p: Sharp) => p.png({ palette: true })],
    ['image/png', (p: Sharp) => p.png({ progressive: true })],
    ['image/webp', (p: Sharp) => p.webp()],
    ['image/webp', (p: Sharp) => p.webp({ lossless: true })],
    ['image/avif', (p: Sharp) => p.avif({ quality: 80 })],
    ['image/gif', (p: Sharp) => p.gif()],
    ['image/tiff', (p: Sharp) => p.tiff({ compression: 'lzw' })],
    ['image/tiff', (p: Sharp) => p.tiff({ compression: 'jpeg', tile: true })],
    ['image/png', (p: Sharp) => p.toColourspace('rgb16').png()],
    ['image/tiff', (p: Sharp) => p.toColourspace('rgb16').tiff({ compression: 'deflate' })],
    ['image/jpeg', (p: Sharp) => p.withIccProfile('p3').jpeg()],
  ] as const)('%s is decoded to 8-bit RGB (%#)', async (mime, encode) => {
    const bitmap = await decode(await encode(twoHalves()).toBuffer());
    expect(bitmap).toMatchObject({ mime, width: 80, height: 40 });
    expect(bitmap.data).toHaveLength(80 * 40 * 3);
    expectNear(pixel(bitmap, 10, 20), RED);
    expectNear(pixel(bitmap, 70, 20), BLUE);
  });

  test('AVIF under its container’s name is decoded', async () => {
    const bytes = await twoHalves().avif().toBuffer();
    bytes.write('mif1', 8, 'latin1');
    expect(await decode(bytes)).toMatchObject({ mime: 'image/avif', width: 80 });
  });

  test('grey, with 8 or 16 bits or with alpha, becomes three equal channels', async () => {
    const grey = (p: Sharp) => p.toColourspace('b-w');
    for (const bytes of [
      await grey(twoHalves()).jpeg().toBuffer(),
      await grey(twoHalves()).png().toBuffer(),
      await twoHalves().toColourspace('grey16').png().toBuffer(),
      await grey(twoHalves().ensureAlpha()).png().toBuffer(),
    ]) {
      const [r, g, b] = pixel(await decode(bytes), 10, 20);
      expect(g).toBe(r);
      expect(b).toBe(r);
    }
  });

  test('CMYK becomes RGB', async () => {
    const bitmap = await decode(await twoHalves().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    const [r = 0, g = 0, b = 0] = pixel(bitmap, 10, 20);
    expect(r).toBeGreaterThan(Math.max(g, b) + 100);
  });

  test('transparency is laid on grey', async () => {
    const clear = {
      create: { width: 8, height: 8, channels: 4 as const, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    };
    for (const bytes of [await sharp(clear).png().toBuffer(), await sharp(clear).webp().toBuffer()]) {
      expectNear(pixel(await decode(bytes), 4, 4), [128, 128, 128], 2);
    }
  });

  test('of an animation or a document, the first frame or page', async () => {
    const frames = await Promise.all(
      ['#e02010', '#10e020'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const joined = () => sharp(frames, { join: { animated: true } });
    for (const bytes of [await joined().gif().toBuffer(), await joined().webp({ lossless: true }).toBuffer()]) {
      const bitmap = await decode(bytes);
      expect(bitmap).toMatchObject({ width: 20, height: 20 });
      expectNear(pixel(bitmap, 10, 10), RED);
    }
    expect(await decode(await joined().tiff().toBuffer())).toMatchObject({ width: 20, height: 20 });
  });

  test.each([
    [1, 80, 40, [10, 20], [70, 20]],
    [2, 80, 40, [70, 20], [10, 20]],
    [3, 80, 40, [70, 20], [10, 20]],
    [4, 80, 40, [10, 20], [70, 20]],
    [5, 40, 80, [20, 10], [20, 70]],
    [6, 40, 80, [20, 10], [20, 70]],
    [7, 40, 80, [20, 70], [20, 10]],
    [8, 40, 80, [20, 70], [20, 10]],
  ] as const)('EXIF orientation %i is applied', async (orientation, width, height, red, blue) => {
    const encoders = [(p: Sharp) => p.jpeg(), (p: Sharp) => p.png(), (p: Sharp) => p.webp(), (p: Sharp) => p.tiff()];
    for (const encode of encoders) {
      const bitmap = await decode(await encode(twoHalves().withMetadata({ orientation })).toBuffer());
      expect(bitmap).toMatchObject({ width, height });
      expectNear(pixel(bitmap, red[0], red[1]), RED);
      expectNear(pixel(bitmap, blue[0], blue[1]), BLUE);
    }
  });

  test('a photograph from a camera', async () => {
    const path = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
    const bitmap = await decode(readFileSync(path.replace('package.json', 'demo/sample1.jpg')));
    expect(bitmap.data).toHaveLength(bitmap.width * bitmap.height * 3);
  });
});

describe('what is not supported says so', () => {
  const ftyp = (brand: string, ...compatible: string[]) => {
    const box = Buffer.from(`\0\0\0\0ftyp${brand}\0\0\0\0${compatible.join('')}`, 'latin1');
    box.writeUInt32BE(box.length, 0);
    return Buffer.concat([box, Buffer.alloc(200)]);
  };

  test.each([
    ['HEIC', ftyp('heic', 'mif1', 'heic'), /HEIC.*JPEG/s],
    ['HEIF of another codec', ftyp('mif1', 'heic'), /HEIC.*JPEG/s],
    ['a HEIC sequence', ftyp('hevc', 'msf1'), /HEIC.*JPEG/s],
    ['an MP4 video', ftyp('isom', 'mp42'), /video\/mp4/],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
    ['SVG with a prologue', Buffer.from('<?xml version="1.0"?>\n<!-- a -->\n<svg></svg>'), /SVG/],
    ['a web page', Buffer.from('\n<!DOCTYPE html><html>'), /web page/],
    ['PDF', Buffer.from('%PDF-1.7\n'), /application\/pdf/],
    ['BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(100)]), /image\/bmp/],
    ['JPEG XL', Buffer.from([0xff, 0x0a, 0, 0, 0, 0, 0, 0]), /image\/jxl/],
    ['ZIP', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), /not/],
    ['text', Buffer.from('hello'), /known type/],
    ['one byte', Buffer.from([0xff]), /known type/],
    ['zeros', Buffer.alloc(1000), /known type/],
  ])('%s', async (_what, bytes, message) => {
    await expect(decode(bytes)).rejects.toMatchObject({
      code: 'IMAGE_TYPE_UNSUPPORTED',
      message: expect.stringMatching(message),
    });
    await expect(decode(bytes)).rejects.toThrow('JPEG, PNG, WebP, AVIF, GIF and TIFF');
  });
});

describe('what cannot be decoded', () => {
  const files = new Map<string, Buffer>();
  beforeAll(async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      files.set(format, await noise().toFormat(format).toBuffer());
    }
  });
  const file = (format: string) => Buffer.from(files.get(format) ?? '');

  test('nothing at all', async () => {
    await expect(decode(new Uint8Array())).rejects.toMatchObject({ code: 'IMAGE_UNDECODABLE' });
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'])('%s cut short anywhere', async (format) => {
    const bytes = file(format);
    for (const part of [0.01, 0.1, 0.5, 0.9, 0.99]) {
      const cut = bytes.subarray(0, Math.max(16, Math.floor(bytes.length * part)));
      await expect(decode(cut), `${part}`).rejects.toMatchObject({ code: 'IMAGE_UNDECODABLE' });
    }
  });

  test('a message that says what to do, and the decoder’s words only as the cause', async () => {
    const failed = await decode(file('jpeg').subarray(0, 3000)).catch((error: unknown) => error);
    expect(failed).toMatchObject({ message: expect.stringContaining('send it again'), cause: expect.any(Error) });
    expect(String(failed)).not.toMatch(/vips/i);
  });

  test('a JPEG or PNG that declares more rows than it has', async () => {
    const jpeg = file('jpeg');
    jpeg.writeUInt16BE(4000, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5);
    await expect(decode(jpeg)).rejects.toMatchObject({ code: 'IMAGE_UNDECODABLE' });
    const png = file('png');
    png.writeUInt32BE(4000, 20);
    await expect(decode(png)).rejects.toMatchObject({ code: 'IMAGE_UNDECODABLE' });
  });

  test.each(['png', 'gif', 'webp'])('the magic number of %s before something else', async (format) => {
    const bytes = Buffer.concat([file(format).subarray(0, 16), Buffer.alloc(5000, 0x41)]);
    await expect(decode(bytes)).rejects.toMatchObject({ code: 'IMAGE_UNDECODABLE' });
  });

  test('a JPEG without its end marker is taken when all of its pixels are there, and only then', async () => {
    const jpeg = file('jpeg');
    const whole = await decode(jpeg);
    const data = jpeg.subarray(0, -2);
    for (const rest of ['', '\0'.repeat(4096), 'a trailer of the camera’s own']) {
      const bytes = Buffer.concat([data, Buffer.from(rest)]);
      expect((await decode(bytes)).data, JSON.stringify(rest.slice(0, 9))).toEqual(whole.data);
    }
    for (const missing of [3, 10, 100, 1000]) {
      await expect(decode(data.subarray(0, -missing)), `${missing}`).rejects.toMatchObject({
        code: 'IMAGE_UNDECODABLE',
      });
    }
  });

  test('flaws that cost no pixel are taken', async () => {
    const jpeg = file('jpeg');
    const sof = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const extraneous = Buffer.concat([jpeg.subarray(0, sof), Buffer.from('hello'), jpeg.subarray(sof)]);
    expect(await decode(extraneous)).toMatchObject({ width: 320, height: 240 });
    expect(await decode(Buffer.concat([jpeg, Buffer.alloc(5000, 7)]))).toMatchObject({ width: 320 });
  });
});

describe('what is too large is refused by its header', () => {
  test('exactly at the limit', async () => {
    const bytes = await twoHalves().png().toBuffer();
    expect(await decode(bytes, 3200)).toMatchObject({ width: 80, height: 40 });
    await expect(decode(bytes, 3199)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringContaining('80 × 40'),
    });
  });

  test.each([
    ['png', 16],
    ['jpeg', 0],
  ] as const)('a %s header that claims more than fits is believed, without decoding', async (format, at) => {
    const bytes = await noise().toFormat(format).toBuffer();
    if (format === 'png') {
      bytes.writeUInt32BE(100_000, at);
      bytes.writeUInt32BE(100_000, at + 4);
      bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    } else {
      const sof = bytes.indexOf(Buffer.from([0xff, 0xc0]));
      bytes.writeUInt16BE(60_000, sof + 5);
      bytes.writeUInt16BE(60_000, sof + 7);
    }
    await expect(openImage({ bytes, maxPixels: MAX_PIXELS })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  test('a small file that unfolds to 400 megapixels', async () => {
    const bomb = await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: 'black' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const before = process.memoryUsage().rss;
    await expect(decode(bomb)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});

/** PNG specification, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
