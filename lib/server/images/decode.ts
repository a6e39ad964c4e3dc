import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import { KithError } from '@/lib/shared/contract/errors';
import type { Bitmap } from '@/lib/shared/vision/types';
import { isSrgb } from './colourProfile';
import { markupType } from './markupType';
import { hasTooManyChunks } from './pngChunks';

/** The types that sharp's prebuilt libraries decode, by file-type's name. The value is sharp's name for the decoder. */
const DECODERS: Record<string, NonNullable<Metadata['format']>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
  'image/gif': 'gif',
  'image/tiff': 'tiff',
};

const SUPPORTED = 'JPEG, PNG, WebP, AVIF, GIF and TIFF';

/**
 * Time limit for decoding one picture, s. The largest allowed takes about one; a picture that takes much longer was
 * made to.
 */
const DECODE_SECONDS = 20;

/** Background of transparent pixels: neither as bright nor as dark as hair and skin, so that it adds no edges. */
const BACKDROP = { r: 128, g: 128, b: 128 };

/** A picture whose header was read and accepted. Nothing is decoded yet. */
export interface OpenedImage {
  /** Media type, by content, whatever the sender called it. */
  mime: string;
  /** Width times height: the number of pixels, of three bytes each, that decoding will hold. */
  pixels: number;
  /**
   * Decodes to 8-bit sRGB as a person sees it: EXIF orientation applied, the first frame or page, grey and CMYK
   * converted, transparency on grey.
   *
   * @throws KithError IMAGE_UNDECODABLE
   */
  decode(): Promise<Bitmap>;
}

/**
 * Detects a picture's type by its content and checks its size by its header, before any pixel is decoded.
 *
 * @throws KithError IMAGE_TYPE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_UNDECODABLE
 */
export async function openImage(options: {
  bytes: Uint8Array;
  /** Maximum width times height: `MAX_IMAGE_PIXELS`. */
  maxPixels: number;
}): Promise<OpenedImage> {
  const { bytes, maxPixels } = options;
  if (bytes.byteLength === 0) throw new KithError('IMAGE_UNDECODABLE', 'The picture is empty.');
  const mime = await typeByContent(bytes);
  const format = DECODERS[mime];
  if (format === undefined) throw unsupported(mime);
  if (format === 'png' && hasTooManyChunks(bytes)) throw undecodable(new Error('too many chunks'));

  const { width, height, icc } = await readHeader(bytes, format);
  if (width * height > maxPixels) {
    throw new KithError(
      'IMAGE_TOO_LARGE',
      `The picture has ${width} × ${height} pixels; this server takes ${maxPixels} in all. Send it smaller.`,
    );
  }
  return {
    mime,
    pixels: width * height,
    decode: () => decodePixels({ bytes, format, maxPixels, ignoreIcc: isSrgb(icc) }),
  };
}

async function readHeader(bytes: Uint8Array, format: string): Promise<Metadata> {
  let header: Metadata;
  try {
    // Without sharp's own limit, whose error does not distinguish "too large" from "damaged".
    header = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata();
  } catch (error) {
    throw undecodable(error);
  }
  // The two libraries disagree: the file passed as one type and would be decoded as another.
  if (header.format !== format) throw undecodable(new Error(`sharp reads ${header.format}, not ${format}`));
  return header;
}

/**
 * After these warnings, libjpeg continues with the data it has and leaves the rest grey. Its other warnings (jerror.h)
 * are about flaws of cameras and editors that cost no pixel, such as Samsung's "Invalid SOS parameters".
 */
const MISSING_PIXELS = /premature end|bad Huffman code|instead of RST/i;

/** EOI (ITU-T T.81, table B.1). */
const END_OF_IMAGE = Uint8Array.of(0xff, 0xd9);

interface DecodeOptions {
  bytes: Uint8Array;
  maxPixels: number;
  /** Treats the values as sRGB, whatever the picture's colour profile says. */
  ignoreIcc: boolean;
}

async function decodePixels(options: DecodeOptions & { format: string }): Promise<Bitmap> {
  try {
    return await decodeWith({ ...options, failOn: options.format === 'jpeg' ? 'warning' : 'error' });
  } catch (error) {
    if (options.format !== 'jpeg' || !(error instanceof Error)) throw undecodable(error);
    if (MISSING_PIXELS.test(error.message)) return decodeWithoutEnd(options);
  }
  try {
    return await decodeWith({ ...options, failOn: 'error' });
  } catch (error) {
    throw undecodable(error);
  }
}

/**
 * Decodes a JPEG without an end marker, which some cameras omit. A marker is added. A picture that lacks rows still
 * fails then. A progressive one that ends between two scans has all rows, with less detail, and is accepted.
 */
async function decodeWithoutEnd(options: DecodeOptions): Promise<Bitmap> {
  try {
    return await decodeWith({ ...options, bytes: Buffer.concat([options.bytes, END_OF_IMAGE]), failOn: 'warning' });
  } catch (error) {
    throw undecodable(error);
  }
}

async function decodeWith(options: DecodeOptions & { failOn: 'warning' | 'error' }): Promise<Bitmap> {
  const { bytes, maxPixels, ignoreIcc, failOn } = options;
  const { data, info } = await sharp(bytes, {
    failOn,
    ignoreIcc,
    limitInputPixels: maxPixels,
    pages: 1,
    sequentialRead: true,
  })
    .autoOrient()
    .flatten({ background: BACKDROP })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .timeout({ seconds: DECODE_SECONDS })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`);
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    width: info.width,
    height: info.height,
  };
}

/**
 * Number of bytes given to file-type: more than any magic number needs. It is few, so that a file made to keep it busy,
 * such as a long list of chunks, takes no time.
 */
const SNIFFED_BYTES = 64 * 1024;

/** Returns the media type of the first bytes, including `text/html` and `image/svg+xml`, which have no magic number. */
async function typeByContent(bytes: Uint8Array): Promise<string> {
  const tiff = isTiff(bytes);
  // A TIFF's pointers lead anywhere, and their targets distinguish it from a camera's raw file. file-type reads at most
  // 512 bytes.
  const found = (await fileTypeFromBuffer(tiff ? bytes : bytes.subarray(0, SNIFFED_BYTES)))?.mime;
  // AVIF may have its container's brand. The compatible brands say what it contains (AVIF 1.1, section 6).
  if (found === 'image/heif' || found === 'image/heif-sequence') return hasAvifBrand(bytes) ? 'image/avif' : found;
  if (found !== undefined && found !== 'application/xml') return found;
  // file-type follows a TIFF's first pointer, which leads nowhere if the end is missing. sharp reports that.
  if (tiff) return 'image/tiff';
  return markupType(bytes) ?? found ?? 'application/octet-stream';
}

/** TIFF 6.0, section 2: the byte order, then the number 42 in it. */
function isTiff(bytes: Uint8Array): boolean {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return magic === 'II*\0' || magic === 'MM\0*';
}

/** Returns whether an ISO base media file's `ftyp` box has an AVIF brand (ISO/IEC 14496-12, 4.3). */
function hasAvifBrand(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256));
  const end = Math.min(head.length, head.length >= 4 ? head.readUInt32BE(0) : 0);
  for (let at = 8; at + 4 <= end; at += 4) {
    if (head.toString('latin1', at, at + 4) === 'avif') return true;
  }
  return false;
}

function unsupported(mime: string): KithError {
  const error = (what: string) =>
    new KithError('IMAGE_TYPE_UNSUPPORTED', `${what} This server reads ${SUPPORTED}.`, { details: { mime } });
  if (mime.startsWith('image/hei')) {
    return error(
      'This is a HEIC picture, whose codec (HEVC) is under patents and not part of this server. Save or export it as JPEG; on an iPhone: Settings, Camera, Formats, Most Compatible.',
    );
  }
  if (mime === 'text/html') return error('This is a web page, not a picture: give the address of the picture itself.');
  if (mime === 'image/svg+xml') return error('SVG is a drawing, not a photograph.');
  if (mime === 'application/octet-stream') return error('This is not a picture of a known type.');
  return error(`Files of type ${mime} are not supported.`);
}

/**
 * Returns the error without libvips' message. That is for the log: it is about internals, and may repeat bytes of the
 * file.
 */
function undecodable(cause: unknown): KithError {
  return new KithError(
    'IMAGE_UNDECODABLE',
    'The picture is damaged or incomplete and cannot be decoded. Open it somewhere else to check it, and send it again.',
    { cause },
  );
}
