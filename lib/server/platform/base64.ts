import { Buffer } from 'node:buffer';

/** Returns bytes as base64 (RFC 4648, section 4, padded) without copying them. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
