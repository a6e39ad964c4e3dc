/** Replaces a secret. */
const MASK = '***';

/** A key of Kith, as `lib/server/access/keys/token.ts` makes it. */
const KITH_KEY = /\bkith_[\w-]{8,}/g;
/** Parts of the names of parameters that hold secrets. */
const SECRET_NAMES = [
  ...['user', 'usr', 'login', 'pass', 'pwd', 'pin', 'token', 'key', 'secret', 'auth', 'sig', 'session', 'credential'],
];
/** Parts of the names of options whose values are secrets. */
const SECRET_OPTIONS = ['key', 'pass', 'token', 'secret'];
/** Values that only select a picture and are not secrets: `channel=1`, `subtype=main`. */
const PLAIN_VALUE = /^(?:\d{1,4}(?:[x.]\d{1,4})?|main|sub|true|false|on|off|jpe?g|mjpe?g|h26[45])$/i;
/** Longer than any registered scheme. */
const LONGEST_SCHEME = 40;

const IN_SCHEME = /[a-z\d+.-]/i;
const IN_NAME = /[\w.-]/;
const IN_USER = /[\w.+-]/;
const IN_OPTION = /[\w-]/;
const LETTER = /[a-z]/i;
const SPACE = /\s/;
const ENDS_ADDRESS = /[\s'"<>`]/;
const BEGINS_HOST = /[\w[]/;
const ENDS_USER = /[\s'"<>`/?#@:]/;
const ENDS_VALUE = /[\s'"]/;

/**
 * Hides credentials in a text before it is printed: user names and passwords of addresses, and secrets in their paths and
 * queries. In doubt it hides more than the secret. Takes linear time.
 */
export function maskSecrets(text: string): string {
  return maskOptions(maskCredentials(maskAddresses(text))).replace(KITH_KEY, MASK);
}

/** Masks `rtsp://admin:secret@door.local/live?token=secret`. */
function maskAddresses(text: string): string {
  let masked = '';
  let done = 0;
  let next = nextAddress(text, 0);
  while (next !== null) {
    const { start, rest } = next;
    const after = nextAddress(text, rest);
    const scheme = text.slice(start, rest);
    const isFile = scheme.toLowerCase() === 'file://';
    // An unescaped password may contain characters that otherwise end an address.
    const broken = isFile ? 0 : endOfBrokenCredentials(text.slice(rest, after?.start));
    let end = rest + broken;
    while (end < text.length && !ENDS_ADDRESS.test(text.charAt(end))) end += 1;
    const address = text.slice(rest, end);
    masked += text.slice(done, start) + scheme + (isFile ? address : maskAddress(address, broken));
    done = end;
    next = nextAddress(text, done);
  }
  return masked + text.slice(done);
}

/** Finds the next address from an index on: the start of its scheme, and the index after `://`. */
function nextAddress(text: string, from: number): { start: number; rest: number } | null {
  for (let at = text.indexOf('://', from); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = schemeBefore(text, at, from);
    if (start < at) return { start, rest: at + '://'.length };
  }
  return null;
}

/** Returns where the host begins, if the credentials contain a character that ends an address; otherwise 0. */
function endOfBrokenCredentials(rest: string): number {
  const line = rest.slice(0, firstOf(rest, '\r\n'));
  let blank = 0;
  while (blank < line.length && !SPACE.test(line.charAt(blank))) blank += 1;
  const word = line.slice(0, blank);
  // Without an `@` before the first slash, the slash is part of the password.
  const end = hasPassword(line)
    ? Math.max(afterLastAt(word), afterLastAt(line.slice(0, firstOf(line, '/?#'))) || afterLastAt(line))
    : afterLastAt(word);
  for (let at = 0; at < end; at++) if (ENDS_ADDRESS.test(line.charAt(at))) return end;
  return 0;
}

/** Returns whether the text starts with a user name and a colon that does not start a port. */
function hasPassword(line: string): boolean {
  let at = 0;
  while (at < line.length && !ENDS_USER.test(line.charAt(at))) at += 1;
  if (line.charAt(at) !== ':') return false;
  const port = line.slice(at + 1, at + 1 + firstOf(line.slice(at + 1), '/?#'));
  return !/^\d{1,5}$/.test(port);
}

/** Returns the start of the scheme that ends at `end`, or `end` if there is none. */
function schemeBefore(text: string, end: number, from: number): number {
  let start = end;
  const first = Math.max(from, end - LONGEST_SCHEME);
  while (start > first && IN_SCHEME.test(text.charAt(start - 1))) start -= 1;
  while (start < end && !LETTER.test(text.charAt(start))) start += 1;
  return start;
}

/**
 * @param address after `://`
 * @param broken where the host begins, if credentials with any character end there
 */
function maskAddress(address: string, broken: number): string {
  const start = broken || endOfCredentials(address);
  const rest = address.slice(start);
  const [beforeFragment, fragment] = splitAt(rest, '#');
  const [path, query] = splitAt(beforeFragment, '?');
  const shown = maskPath(path) + maskQuery(query) + (fragment && `#${MASK}`);
  return start === 0 ? shown : `${MASK}@${shown}`;
}

/** Splits a text before a character. */
function splitAt(text: string, character: string): [before: string, from: string] {
  const at = text.indexOf(character);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** Returns where the host begins. A password may contain unescaped `@`, `/` and `?`. */
function endOfCredentials(address: string): number {
  const authority = address.slice(0, firstOf(address, '/?#'));
  const query = address.indexOf('?');
  const searched = (isCut(authority) && !authority.includes('@')) || query < 0 ? address : address.slice(0, query);
  return searched.lastIndexOf('@') + 1;
}

/** Returns whether the text after the colon is not a port. The password then continues after the slash. */
function isCut(authority: string): boolean {
  const afterAddress = authority.slice(authority.lastIndexOf(']') + 1);
  const [, port] = splitAt(afterAddress, ':');
  return port.length > 1 && !/^:\d{1,5}$/.test(port);
}

function firstOf(text: string, characters: string): number {
  for (let at = 0; at < text.length; at++) if (characters.includes(text.charAt(at))) return at;
  return text.length;
}

/** Masks secrets in a path. Some cameras take `/user=admin_password=x_channel=1`. */
const maskPath = (path: string): string =>
  path
    .split(/([/;&])/)
    .map(maskParameters)
    .join('');

/** Masks `user=admin_password=x_channel=1`. A value ends where `_name=` follows. */
function maskParameters(text: string): string {
  const [first = '', ...others] = text.split('=');
  if (others.length === 0) return text;
  let masked = `${first}=`;
  let isSecret = namesSecret(nameAtEnd(first));
  for (const [i, part] of others.entries()) {
    const isLast = i === others.length - 1;
    // Between two equal signs, the end of the text may be the next name.
    const name = isLast ? '' : nextName(part);
    const value = isLast ? part : part.slice(0, part.length - name.length);
    // The secret contains an equal sign and continues.
    if (isSecret && name === '' && !isLast) continue;
    masked += (isSecret && value !== '' ? MASK : value) + name + (isLast ? '' : '=');
    if (!isLast) isSecret = namesSecret(name || nameAtEnd(part));
  }
  return masked;
}

/** Returns `_name` (letters only) at the end of a text; empty if there is none. */
function nextName(text: string): string {
  let start = text.length;
  while (start > 0 && LETTER.test(text.charAt(start - 1))) start -= 1;
  return start > 0 && start < text.length && text.charAt(start - 1) === '_' ? text.slice(start - 1) : '';
}

/** Returns the name at the end of a text. */
function nameAtEnd(text: string): string {
  let start = text.length;
  while (start > 0 && IN_NAME.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start);
}

function namesSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return SECRET_NAMES.some((secret) => lower.includes(secret));
}

/** @param query with its `?`; may be empty */
const maskQuery = (query: string): string =>
  query.slice(0, 1) +
  query
    .slice(1)
    .split(/([&;])/)
    .map((part, i) => (i % 2 === 0 ? maskParameter(part) : part))
    .join('');

/** Masks `name=value`, or a value alone. */
function maskParameter(part: string): string {
  const [, name = '', value = ''] = /^([^=]*=)?(.*)$/s.exec(part) ?? [];
  const isPlain = value === '' || (PLAIN_VALUE.test(value) && !namesSecret(name));
  return name + (isPlain ? value : MASK);
}

/** Masks credentials before a host without a scheme: `admin:secret@door.local`. */
const maskCredentials = (text: string): string =>
  text
    .split(/([/\s])/)
    // `…/name:x@host` is the end of an address that is already masked.
    .map((word, i, parts) => (i % 2 === 0 && parts[i - 1] !== '/' ? maskWord(word) : word))
    .join('');

function maskWord(word: string): string {
  const host = afterLastAt(word);
  const colon = word.indexOf(':');
  if (colon < 0 || colon >= host - 2) return word;
  let start = colon;
  while (start > 0 && IN_USER.test(word.charAt(start - 1))) start -= 1;
  if (start === colon || word.charAt(start - 1) === '@') return word;
  return `${word.slice(0, start)}${MASK}@${word.slice(host)}`;
}

/** Returns the index after the last `@` before a host; 0 if there is none. ffmpeg prints ` @ ` in its messages. */
function afterLastAt(text: string): number {
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    if (BEGINS_HOST.test(text.charAt(at + 1))) return at + 1;
  }
  return 0;
}

/** Masks the values of secret options. The parser repeats misspelt ones: `--api-key=secret`. */
function maskOptions(text: string): string {
  let masked = '';
  let done = 0;
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', Math.max(done, at + 1))) {
    let start = at;
    while (start > done && IN_OPTION.test(text.charAt(start - 1))) start -= 1;
    const option = text.slice(start, at).toLowerCase();
    if (!option.startsWith('-') || !SECRET_OPTIONS.some((secret) => option.includes(secret))) continue;
    // Searched last, because a value may be as long as the text.
    let end = at + 1;
    while (end < text.length && !ENDS_VALUE.test(text.charAt(end))) end += 1;
    if (end === at + 1) continue;
    masked += `${text.slice(done, at + 1)}${MASK}`;
    done = end;
  }
  return masked + text.slice(done);
}
