/** Number of floats in an encoding. */
export const ENCODING_LENGTH = 128;

/** Size of a stored or sent encoding in bytes: 128 little-endian IEEE 754 float32. */
export const ENCODING_BYTES = ENCODING_LENGTH * 4;

/** The value is not an encoding; the message says why. */
export class EncodingError extends TypeError {
  override readonly name = 'EncodingError';
}

/** Returns the value itself if it holds 128 finite numbers. Throws {@link EncodingError} otherwise. */
export function checkEncoding(encoding: Float32Array): Float32Array {
  if (encoding.length !== ENCODING_LENGTH) {
    throw new EncodingError(`an encoding has ${ENCODING_LENGTH} numbers, not ${encoding.length}`);
  }
  for (let i = 0; i < ENCODING_LENGTH; i++) {
    if (!Number.isFinite(encoding[i])) throw new EncodingError(`number ${i} of the encoding is not finite`);
  }
  return encoding;
}

/** Reads 512 bytes, aligned or not, into a new array of 128 finite numbers. Throws {@link EncodingError}. */
export function encodingFromBytes(bytes: Uint8Array): Float32Array {
  if (bytes.length !== ENCODING_BYTES) {
    throw new EncodingError(`an encoding has ${ENCODING_BYTES} bytes, not ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, ENCODING_BYTES);
  const encoding = new Float32Array(ENCODING_LENGTH);
  for (let i = 0; i < ENCODING_LENGTH; i++) encoding[i] = view.getFloat32(i * 4, true);
  return checkEncoding(encoding);
}

/** Returns the 512 bytes of an encoding, in a new array. */
export function encodingToBytes(encoding: Float32Array): Uint8Array<ArrayBuffer> {
  checkEncoding(encoding);
  const bytes = new Uint8Array(ENCODING_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < ENCODING_LENGTH; i++) view.setFloat32(i * 4, encoding[i] ?? 0, true);
  return bytes;
}

/** Reads `face_encoding`: 684 characters of base64 (RFC 4648, section 4, padded). */
export function encodingFromBase64(text: string): Float32Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new EncodingError('the encoding is not base64', { cause });
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return encodingFromBytes(bytes);
}

/** Writes `face_encoding`: 684 characters of base64. */
export function encodingToBase64(encoding: Float32Array): string {
  return btoa(String.fromCharCode(...encodingToBytes(encoding)));
}
