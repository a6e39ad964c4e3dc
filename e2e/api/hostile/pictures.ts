import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import {
  type HostileCase,
  MULTIPART_TYPE,
  multipart,
  pictureCall,
  postJson,
  postText,
  type Target,
} from './hostileCase';
import type { Answer } from './send';

type Bytes = () => Buffer | Promise<Buffer>;
type Row = [name: string, bytes: Bytes, expected: ErrorCode];

/** Has so much detail that a part of the file is not the whole picture. */
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
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#806040' }, limitInputPixels: false });

const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const;

/** Makes a valid file and corrupts it. */
const spoilt =
  (format: (typeof FORMATS)[number], spoil: (bytes: Buffer) => Buffer): Bytes =>
  async () =>
    spoil(await noise().toFormat(format).toBuffer());

/** Returns the position of the frame header of a baseline JPEG (ITU-T T.81, B.2.2): height at +5, width at +7. */
const startOfFrame = (jpeg: Buffer) => jpeg.indexOf(Buffer.from([0xff, 0xc0]));

function withJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  jpeg.writeUInt16BE(height, startOfFrame(jpeg) + 5);
  jpeg.writeUInt16BE(width, startOfFrame(jpeg) + 7);
  return jpeg;
}

/** Returns a PNG chunk (PNG, 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function pngOf(width: number, height: number, ...chunks: Buffer[]): Buffer {
  const header = Buffer.from('0000000000000000080200' + '0000', 'hex');
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([PNG_SIGNATURE, chunk('IHDR', header), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

const redPixel = () => chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0])));

/** Returns an empty ISO base media file of a brand (ISO/IEC 14496-12, 4.3). */
function ftyp(brand: string, ...compatible: string[]): Buffer {
  const box = Buffer.from(`\0\0\0\0ftyp${brand}\0\0\0\0${compatible.join('')}`, 'latin1');
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.alloc(300)]);
}

const text =
  (content: string): Bytes =>
  () =>
    Buffer.from(content, 'latin1');

const UNSUPPORTED: Row[] = [
  ['HEIC', () => ftyp('heic', 'mif1', 'heic'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['HEIF of another codec', () => ftyp('mif1', 'heic'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['an MP4 video', () => ftyp('isom', 'mp42'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'IMAGE_TYPE_UNSUPPORTED'],
  [
    'SVG with an external entity',
    text('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
    'IMAGE_TYPE_UNSUPPORTED',
  ],
  [
    'SVG that includes a file',
    text('<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="/etc/passwd"/></svg>'),
    'IMAGE_TYPE_UNSUPPORTED',
  ],
  ['a web page', text('<!doctype html><html></html>'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['PDF', text('%PDF-1.7\n1 0 obj\n'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['PostScript', text('%!PS-Adobe-3.0\n(/etc/passwd) run\n'), 'IMAGE_TYPE_UNSUPPORTED'],
  [
    'an ImageMagick script',
    text('push graphic-context\nfill url(https://127.0.0.1/x.jpg"|id")'),
    'IMAGE_TYPE_UNSUPPORTED',
  ],
  ['BMP', () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]), 'IMAGE_TYPE_UNSUPPORTED'],
  ['an icon', () => Buffer.concat([Buffer.from('00000100', 'hex'), Buffer.alloc(200)]), 'IMAGE_TYPE_UNSUPPORTED'],
  ['JPEG XL', () => Buffer.from('ff0a0000000000000000', 'hex'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['JPEG 2000', () => Buffer.from('0000000c6a5020200d0a870a00000014667479706a703220', 'hex'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['a ZIP archive', text(`PK\x03\x04${'a'.repeat(100)}`), 'IMAGE_TYPE_UNSUPPORTED'],
  ['gzip', () => Buffer.from('1f8b0800000000000003', 'hex'), 'IMAGE_TYPE_UNSUPPORTED'],
  [
    'an ELF program',
    () => Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(200)]),
    'IMAGE_TYPE_UNSUPPORTED',
  ],
  ['text', text('hello'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['JSON', text('{"image":1}'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['one byte', text('\xff'), 'IMAGE_TYPE_UNSUPPORTED'],
  ['zeros', () => Buffer.alloc(10_000), 'IMAGE_TYPE_UNSUPPORTED'],
];

const DAMAGED: Row[] = [
  ['nothing', () => Buffer.alloc(0), 'IMAGE_UNDECODABLE'],
  ...FORMATS.flatMap((format): Row[] =>
    [0.05, 0.5, 0.98].map((part) => [
      `${format} cut to ${part * 100} %`,
      spoilt(format, (bytes) => bytes.subarray(0, Math.max(64, Math.floor(bytes.length * part)))),
      'IMAGE_UNDECODABLE',
    ]),
  ),
  ...(['png', 'gif', 'webp'] as const).map(
    (format): Row => [
      `${format} that is only a magic number`,
      spoilt(format, (bytes) => Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(5_000, 0x41)])),
      'IMAGE_UNDECODABLE',
    ],
  ),
  ['JPEG without rows', spoilt('jpeg', (bytes) => withJpegSize(bytes, 320, 0)), 'IMAGE_UNDECODABLE'],
  [
    'JPEG with fewer rows than it says',
    spoilt('jpeg', (bytes) => withJpegSize(bytes, 320, 4_000)),
    'IMAGE_UNDECODABLE',
  ],
  ['JPEG of 65535 × 65535', spoilt('jpeg', (bytes) => withJpegSize(bytes, 65_535, 65_535)), 'IMAGE_UNDECODABLE'],
  ['PNG without columns', () => pngOf(0, 1, redPixel()), 'IMAGE_UNDECODABLE'],
  ['PNG of 2³² − 1 columns', () => pngOf(0xffffffff, 1, redPixel()), 'IMAGE_UNDECODABLE'],
  ['PNG with fewer rows than it says', () => pngOf(1, 1_000, redPixel()), 'IMAGE_UNDECODABLE'],
  ['PNG without data', () => pngOf(100, 100), 'IMAGE_UNDECODABLE'],
  ['PNG with data that is not zlib', () => pngOf(10, 10, chunk('IDAT', Buffer.from('garbage'))), 'IMAGE_UNDECODABLE'],
  [
    'PNG with a chunk longer than the file',
    () => Buffer.concat([pngOf(10, 10).subarray(0, 33), Buffer.from('7fffffff49444154', 'hex')]),
    'IMAGE_UNDECODABLE',
  ],
  ['PNG with a wrong checksum', spoilt('png', (bytes) => bytes.fill(0x55, 2_000, 2_010)), 'IMAGE_UNDECODABLE'],
  ['WebP that lies about its length', spoilt('webp', (bytes) => bytes.fill(0x7f, 4, 8)), 'IMAGE_UNDECODABLE'],
  ['AVIF of nothing', () => ftyp('avif', 'mif1', 'miaf'), 'IMAGE_UNDECODABLE'],
  ['TIFF whose directory is beyond its end', () => Buffer.from('49492a00ffffff7f', 'hex'), 'IMAGE_UNDECODABLE'],
  // One entry, followed by a pointer back to itself.
  [
    'TIFF whose directories go in a circle',
    () => Buffer.from('49492a0008000000' + '0100' + '000103000100000001000000' + '08000000', 'hex'),
    'IMAGE_UNDECODABLE',
  ],
  [
    'a progressive JPEG of a thousand scans',
    async () => {
      const jpeg = await plain(3_000, 3_000).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer();
      const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
      return Buffer.concat([jpeg.subarray(0, -2), ...Array<Buffer>(1_000).fill(scan), jpeg.subarray(-2)]);
    },
    'IMAGE_UNDECODABLE',
  ],
];

const TOO_LARGE: Row[] = [
  [
    'PNG of 400 megapixels in a megabyte',
    () => plain(20_000, 20_000).png({ compressionLevel: 9 }).toBuffer(),
    'IMAGE_TOO_LARGE',
  ],
  ['PNG that says 100,000 × 100,000', () => pngOf(100_000, 100_000, redPixel()), 'IMAGE_TOO_LARGE'],
  ['PNG that says 1 × 100,000,000', () => pngOf(1, 100_000_000, redPixel()), 'IMAGE_TOO_LARGE'],
  ['JPEG that says 60,000 × 60,000', spoilt('jpeg', (bytes) => withJpegSize(bytes, 60_000, 60_000)), 'IMAGE_TOO_LARGE'],
  [
    'GIF whose frame says 65,535 × 65,535',
    async () => {
      const bytes = await plain(16, 16).gif().toBuffer();
      const frame = bytes.indexOf(0x2c, 13 + 3 * 2 ** (((bytes[10] ?? 0) % 8) + 1));
      return bytes.fill(0xff, frame + 5, frame + 9);
    },
    'IMAGE_TOO_LARGE',
  ],
  [
    'TIFF of 64 megapixels',
    () => plain(8_000, 8_000).tiff({ compression: 'deflate', tile: true }).toBuffer(),
    'IMAGE_TOO_LARGE',
  ],
  ['WebP of 64 megapixels', () => plain(8_000, 8_000).webp({ effort: 0 }).toBuffer(), 'IMAGE_TOO_LARGE'],
  ['AVIF of 64 megapixels', () => plain(8_000, 8_000).avif({ effort: 0 }).toBuffer(), 'IMAGE_TOO_LARGE'],
  [
    'a file of 16 MB',
    () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(16 * 1024 * 1024)]),
    'IMAGE_TOO_LARGE',
  ],
];

/** Pictures that are valid but odd. All of them go to `POST /face`, where a picture without a face fails. */
const ODD: Row[] = [
  [
    'a GIF without extent',
    spoilt('gif', (bytes) => {
      bytes.fill(0, 6, 10);
      const frame = bytes.indexOf(0x2c, 13 + 3 * 2 ** (((bytes[10] ?? 0) % 8) + 1));
      return bytes.fill(0, frame + 5, frame + 9);
    }),
    'NO_FACE',
  ],
  ['of one pixel', () => pngOf(1, 1, redPixel()), 'NO_FACE'],
  ['of one column, 65,000 rows', () => plain(1, 65_000).jpeg().toBuffer(), 'NO_FACE'],
  ['of 50,000,000 columns, one row', () => plain(50_000_000, 1).png().toBuffer(), 'NO_FACE'],
  ['of 59 megapixels', () => plain(7_700, 7_700).jpeg().toBuffer(), 'NO_FACE'],
  ['grey, 16 bit, with alpha', () => plain(200, 200).ensureAlpha().toColourspace('grey16').png().toBuffer(), 'NO_FACE'],
  ['of CMYK', () => noise().toColourspace('cmyk').jpeg().toBuffer(), 'NO_FACE'],
  [
    'wholly transparent',
    () =>
      sharp({ create: { width: 64, height: 64, channels: 4, background: '#0000' } })
        .png()
        .toBuffer(),
    'NO_FACE',
  ],
  [
    'with a colour profile that unfolds to 300 MB',
    () => pngOf(1, 1, chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(3e8))])), redPixel()),
    'NO_FACE',
  ],
  [
    'with text that unfolds to 300 MB',
    () => pngOf(1, 1, chunk('zTXt', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(3e8))])), redPixel()),
    'NO_FACE',
  ],
  [
    'with 500,000 chunks of text',
    () => pngOf(1, 1, Buffer.concat(Array<Buffer>(5e5).fill(chunk('tEXt', Buffer.from('a\0b')))), redPixel()),
    'IMAGE_UNDECODABLE',
  ],
  [
    'with EXIF that is garbage',
    spoilt('jpeg', (bytes) =>
      Buffer.concat([
        bytes.subarray(0, 2),
        Buffer.from('ffe1ffff457869660000', 'hex'),
        Buffer.alloc(0xffff - 8, 0xab),
        bytes.subarray(2),
      ]),
    ),
    'NO_FACE',
  ],
  [
    'followed by a program',
    spoilt('jpeg', (bytes) => Buffer.concat([bytes, Buffer.from('<?php system($_GET[0]); ?>')])),
    'NO_FACE',
  ],
];

/** A file, a `data:` URL and a URL are used in turn. */
const TRANSPORTS: {
  name: string;
  send: (target: Target, path: string, fields: object, bytes: Buffer) => Promise<Answer>;
}[] = [
  {
    name: 'file',
    send: (target, path, fields, bytes) =>
      postText(target, path, multipart({ ...fields, image: bytes }), MULTIPART_TYPE),
  },
  {
    name: 'data: URL',
    send: (target, path, fields, bytes) =>
      postJson(target, path, { ...fields, image_url: `data:image/jpeg;base64,${bytes.toString('base64')}` }),
  },
  {
    name: 'URL',
    send: (target, path, fields, bytes) => postJson(target, path, { ...fields, image_url: target.host.publish(bytes) }),
  },
];

export function pictureCases(): HostileCase[] {
  const rows = [...UNSUPPORTED, ...DAMAGED, ...TOO_LARGE].map((row, nth) => ({ row, call: pictureCall(nth) }));
  const odd = ODD.map((row) => ({ row, call: pictureCall(0) }));
  return [...rows, ...odd].map(({ row: [name, bytes, expected], call }, index) => {
    const transport = TRANSPORTS[index % TRANSPORTS.length] as (typeof TRANSPORTS)[number];
    return {
      name: `${call.path} ${transport.name}: a picture: ${name}`,
      expected: [expected],
      send: async (target) => transport.send(target, call.path, call.fields(target), await bytes()),
    };
  });
}

/** Returns a picture of 16 megapixels in a small file, without a face. */
export const largePicture = (): Promise<Buffer> => plain(4_000, 4_000).jpeg().toBuffer();
