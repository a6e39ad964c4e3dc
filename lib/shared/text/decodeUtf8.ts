/**
 * Decodes UTF-8.
 * @param keepMark keeps a byte order mark as the first character; by default it is dropped
 * @throws TypeError if the bytes are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array, { keepMark = false }: { keepMark?: boolean } = {}): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes);
}
