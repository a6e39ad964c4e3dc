/** Number of characters examined. A prologue with a licence is longer; the type is then unknown. */
const LOOKED_AT = 1024;

/** UTF-8's byte order mark, read as Latin-1. */
const BYTE_ORDER_MARK = 'ï»¿';

const HTML = ['!doctype html', 'html', 'head', 'body'];
const SVG = ['!doctype svg', 'svg'];

/**
 * Detects HTML and SVG, which have no magic number, by their first element or their doctype. Skips blanks, comments and
 * processing instructions before it. Reads each character once, so the time is linear in the length examined.
 * @returns null for anything else
 */
export function markupType(bytes: Uint8Array): 'text/html' | 'image/svg+xml' | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOKED_AT)).toString('latin1');
  let rest = (head.startsWith(BYTE_ORDER_MARK) ? head.slice(BYTE_ORDER_MARK.length) : head).trimStart();
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '>' : null;
    if (end === null) break;
    const at = rest.indexOf(end, 2);
    if (at < 0) return null;
    rest = rest.slice(at + end.length).trimStart();
  }
  if (!rest.startsWith('<')) return null;
  const tag = rest.slice(1).toLowerCase();
  const begins = (name: string) => tag.startsWith(name) && !/^\w/.test(tag.slice(name.length));
  if (HTML.some(begins)) return 'text/html';
  return SVG.some(begins) ? 'image/svg+xml' : null;
}
