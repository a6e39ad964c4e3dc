/** Returns whether bytes start a gzip member (RFC 1952, section 2.3.1). Two bytes are enough. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
