/** What the structure of a JSON text is, as far as it can be told without parsing it. */
export interface JsonOutline {
  /** Commas, colons and opening brackets. */
  parts: number;
  /** Levels of brackets. */
  depth: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `,`, `:`, `[`, `{`, `]` and `}`. */
const [COMMA, COLON, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x2c, 0x3a, 0x5b, 0x7b, 0x5d, 0x7d];

/**
 * Counts the parts and levels of a JSON text up to where either is more than `most`. Text inside quotes is stepped over,
 * so that a picture in a `data:` URL costs next to nothing. Of text that is no JSON the counts mean nothing.
 */
export function jsonOutline(text: string, most: JsonOutline): JsonOutline {
  let [parts, open, depth] = [0, 0, 0];
  for (let at = 0; at < text.length && parts <= most.parts && depth <= most.depth; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case COMMA:
      case COLON:
        parts++;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        parts++;
        depth = Math.max(depth, ++open);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open--;
    }
  }
  return { parts, depth };
}

/** The closing quote of the string that begins at `start`, or the text's end. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote;
    from = quote + 1;
  }
}
