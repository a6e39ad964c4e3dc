const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Length, type and checksum of a chunk (PNG specification, third edition, section 5.3). */
const FRAME = 12;
/** Chunks of pixels and of animation frames, which may be many. */
const PIXELS = new Set(['IDAT', 'fdAT', 'fcTL']);
/** Maximum number of other chunks. Programs write about a dozen. */
const MOST_OTHERS = 2_000;
/** Maximum number of all chunks. A gigabyte in pieces of 8 KiB has fewer. */
const MOST = 500_000;

/**
 * Returns whether a PNG has more chunks than any program writes. libvips reports each damaged one, and sharp passes
 * every report to the event loop: a million, in 12 MB, block it for five seconds.
 * @returns false for other files
 */
export function hasTooManyChunks(bytes: Uint8Array): boolean {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return false;
  let others = 0;
  let at = SIGNATURE.length;
  for (let chunks = 0; at + FRAME <= png.length; chunks++) {
    if (chunks > MOST || others > MOST_OTHERS) return true;
    if (!PIXELS.has(png.toString('latin1', at + 4, at + 8))) others++;
    at += FRAME + png.readUInt32BE(at);
  }
  return false;
}
