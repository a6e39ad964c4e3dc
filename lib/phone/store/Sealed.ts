/** Encrypted data: AES-GCM (NIST SP 800-38D) with a fresh 96-bit nonce each time. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}
