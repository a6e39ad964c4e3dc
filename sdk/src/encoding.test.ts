import { describe, expect, test } from 'vitest';
import {
  ENCODING_BYTES,
  EncodingError,
  encodingFromBase64,
  encodingFromBytes,
  encodingToBase64,
  encodingToBytes,
} from './encoding.ts';

const encoding = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i) / 3);

describe('encoding codec', () => {
  test('base64 is that of the little-endian bytes', () => {
    const bytes = Buffer.alloc(ENCODING_BYTES);
    encoding.forEach((value, i) => {
      bytes.writeFloatLE(value, i * 4);
    });
    expect(encodingToBase64(encoding)).toBe(bytes.toString('base64'));
    expect(encodingToBytes(encoding)).toEqual(new Uint8Array(bytes));
  });

  test('what was written is read back to the bit, negative zero and subnormals too', () => {
    const odd = encoding.slice();
    odd.set([-0, 1e-45, 3.4028234663852886e38]);
    expect(encodingFromBase64(encodingToBase64(odd))).toEqual(odd);
  });

  test('bytes need not be aligned', () => {
    const shifted = new Uint8Array(ENCODING_BYTES + 1);
    shifted.set(encodingToBytes(encoding), 1);
    expect(encodingFromBytes(shifted.subarray(1))).toEqual(encoding);
  });

  test.each([
    ['nothing', '', '512 bytes, not 0'],
    ['a byte short', Buffer.alloc(511).toString('base64'), '512 bytes, not 511'],
    ['a byte long', Buffer.alloc(513).toString('base64'), '512 bytes, not 513'],
    ['not base64', '*'.repeat(684), 'not base64'],
    ['an infinity', Buffer.from(new Float32Array(128).fill(Infinity, 5, 6).buffer).toString('base64'), 'number 5'],
    ['NaN', Buffer.from(new Float32Array(128).fill(NaN, 127).buffer).toString('base64'), 'number 127'],
  ])('%s is refused', (_, text, message) => {
    expect(() => encodingFromBase64(text)).toThrow(EncodingError);
    expect(() => encodingFromBase64(text)).toThrow(message);
  });
});
