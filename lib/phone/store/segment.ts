import { ENCODING_BYTES, type FeedFace } from '@kith/sdk';

/**
 * Packs samples into bytes: four bytes with the length of a JSON list, the list (everything except the encodings),
 * padding to four bytes, then the encodings in the same order. Sealed as a whole: with one seal per sample, opening
 * 100,000 samples would take minutes.
 */
export function packSegment(faces: FeedFace[]): Uint8Array<ArrayBuffer> {
  const list = faces.map(({ encoding, ...rest }) => rest);
  const text = new TextEncoder().encode(JSON.stringify(list));
  const start = encodingsStart(text.length);
  const bytes = new Uint8Array(start + faces.length * ENCODING_BYTES);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  faces.forEach(({ encoding }, i) => {
    bytes.set(encoding, start + i * ENCODING_BYTES);
  });
  return bytes;
}

/** Unpacks the result of `packSegment`. The encodings are views into `bytes`. */
export function unpackSegment(bytes: Uint8Array<ArrayBuffer>): FeedFace[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  // Written before there were groups, a sample has none.
  const list: (Omit<FeedFace, 'encoding' | 'groups'> & { groups?: string[] })[] = JSON.parse(
    new TextDecoder().decode(bytes.subarray(4, 4 + length)),
  );
  const start = encodingsStart(length);
  return list.map((face, i) => ({
    groups: [],
    ...face,
    encoding: bytes.subarray(start + i * ENCODING_BYTES, start + (i + 1) * ENCODING_BYTES),
  }));
}

const encodingsStart = (textLength: number): number => Math.ceil((4 + textLength) / 4) * 4;
