import { decodeUtf8 } from './decodeUtf8';

/**
 * Characters of code page 437 from 0x80 on, used for names in a ZIP without the UTF-8 flag (APPNOTE 6.3, appendix D.1).
 */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * Repairs a name in a ZIP that was read as Latin-1 because it lacks the UTF-8 flag. macOS writes UTF-8 without the
 * flag, and Windows writes its code page. A name that was read correctly is returned unchanged. `\` becomes `/`, and
 * the result is NFC.
 */
export function zipName(name: string): string {
  return read(name).replaceAll('\\', '/').normalize('NFC');
}

function read(name: string): string {
  const bytes = Array.from(name, (character) => character.codePointAt(0) as number);
  if (bytes.every((byte) => byte < 0x80) || bytes.some((byte) => byte > 0xff)) return name;
  try {
    return decodeUtf8(Uint8Array.from(bytes));
  } catch {
    // Names have no control characters or currency signs. These bytes are letters of the code page.
    const isCodePage = bytes.some((byte) => (byte >= 0x80 && byte < 0xa0) || (byte > 0xa0 && byte < 0xa6));
    if (!isCodePage) return name;
    return bytes.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE_437.charAt(byte - 0x80))).join('');
  }
}
