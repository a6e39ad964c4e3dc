import { decodeUtf8 } from './decodeUtf8';

/** Encodings of lists, with the names shown to users. */
export const TEXT_ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (Excel: Unicode text)',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252 (Western European)',
  'windows-1250': 'Windows-1250 (Central European)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'windows-1253': 'Windows-1253 (Greek)',
  'windows-1254': 'Windows-1254 (Turkish)',
  macintosh: 'Mac OS Roman',
  shift_jis: 'Shift JIS (Japanese)',
  gb18030: 'GB 18030 (Chinese)',
} as const;

export type TextEncoding = keyof typeof TEXT_ENCODINGS;

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
  /** Whether the encoding was guessed, so that the user should check names with accents. */
  guessed: boolean;
}

/**
 * Returns the text of a list's bytes, without a byte order mark. The encoding is detected by the mark, then by the
 * zeros of UTF-16, then by whether the bytes are valid UTF-8. Otherwise it is Windows-1252, as Excel writes CSV.
 * @param encoding the user's choice; nothing is guessed then
 */
export function decodeText(bytes: Uint8Array, encoding?: TextEncoding): DecodedText {
  if (encoding !== undefined) return { text: decodeAs(bytes, encoding), encoding, guessed: false };
  const marked = markOf(bytes) ?? zerosOf(bytes);
  if (marked) return { text: decodeAs(bytes, marked), encoding: marked, guessed: false };
  try {
    return { text: decodeUtf8(bytes), encoding: 'utf-8', guessed: false };
  } catch {
    return { text: decodeWindows1252(bytes), encoding: 'windows-1252', guessed: true };
  }
}

function decodeAs(bytes: Uint8Array, encoding: TextEncoding): string {
  return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
}

/** Byte order marks (Unicode 15, section 23.8). */
function markOf([a, b, c]: Uint8Array): TextEncoding | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** Number of bytes at the start that are searched for zeros. */
const LOOKED_AT = 1_000;

/** Detects UTF-16 by its zeros. The header of a list is mostly Latin letters, of which every second byte is zero. */
function zerosOf(bytes: Uint8Array): TextEncoding | null {
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = (odd: number) => start.reduce((sum, byte, i) => sum + Number(byte === 0 && i % 2 === odd), 0);
  const [even, odd] = [zeros(0), zeros(1)];
  if (even + odd <= start.length / 5) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/**
 * Characters 0x80 to 0x9F of Windows-1252 (WHATWG, index-windows-1252). Node.js 20 decodes them as control characters.
 */
const FROM_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Number of characters per call, because the number of arguments is limited. */
const PIECE = 8_192;

function decodeWindows1252(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const codes = Array.from(bytes.subarray(at, at + PIECE), (byte) =>
      byte < 0x80 || byte > 0x9f ? byte : FROM_0X80.charCodeAt(byte - 0x80),
    );
    pieces.push(String.fromCharCode(...codes));
  }
  return pieces.join('');
}
