/** Bytes before the tag table of a profile, and of an entry of it (ICC.1:2022, 7.2 and 7.3). */
const HEADER = 128;
const TAG = 12;
/** Maximum number of tags. Profiles have few; a higher count means damage. */
const MOST_TAGS = 200;
const DESCRIPTION = 'desc';

/**
 * Returns whether a colour profile says that a picture's values are already sRGB, as those of most cameras and editors
 * are. Converting them to sRGB would change nothing and take twice the time of decoding them.
 *
 * Read from its description: "sRGB IEC61966-2.1", "sRGB built-in" and similar names mean the same colour space.
 */
export function isSrgb(profile: Uint8Array | undefined): boolean {
  if (!profile || profile.byteLength < HEADER + 4) return false;
  const bytes = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  if (bytes.toString('latin1', 16, 20) !== 'RGB ') return false;
  const tags = Math.min(bytes.readUInt32BE(HEADER), MOST_TAGS);
  for (let entry = HEADER + 4; entry < HEADER + 4 + tags * TAG && entry + TAG <= bytes.length; entry += TAG) {
    if (bytes.toString('latin1', entry, entry + 4) !== DESCRIPTION) continue;
    const start = bytes.readUInt32BE(entry + 4);
    const text = bytes.subarray(start, start + bytes.readUInt32BE(entry + 8));
    // ASCII in version 2, UTF-16 in version 4. Without the zero bytes, Latin letters are the same in both.
    return Buffer.from(text.filter((byte) => byte !== 0))
      .toString('latin1')
      .includes('sRGB');
  }
  return false;
}
