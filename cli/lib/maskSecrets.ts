/** What stands in place of a secret. */
const MASK = '***';

/** A key of Kith, as `lib/server/access/keys/token.ts` makes it. */
const KITH_KEY = /\bkith_[\w-]{8,}/g;
/** What a parameter is called that holds a secret. */
const SECRET_NAMES = [
  ...['user', 'usr', 'login', 'pass', 'pwd', 'pin', 'token', 'key', 'secret', 'auth', 'sig', 'session', 'credential'],
];
/** What an option is called that has a secret as its value. */
const SECRET_OPTIONS = ['key', 'pass', 'token', 'secret'];
/** Values that say which picture is meant, and nothing else: `channel=1`, `subtype=main`. */
const PLAIN_VALUE = /^(?:\d{1,4}(?:[x.]\d{1,4})?|main|sub|true|false|on|off|jpe?g|mjpe?g|h26[45])$/i;
/** Longer than any scheme that is registered. */
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
 * Hides credentials in a text that is to be printed: user names and passwords of addresses, and secrets in their paths and
 * queries. In doubt, more is hidden than is secret. It looks at each character a few times at most, whatever the text.
 */
export function maskSecrets(text: string): string {
  return maskOptions(maskCredentials(maskAddresses(text))).replace(KITH_KEY, MASK);
}

/** `rtsp://admin:secret@door.local/live?token=secret` */
function maskAddresses(text: string): string {
  let masked = '';
  let done = 0;
  let next = nextAddress(text, 0);
  while (next !== null) {
    const { start, rest } = next;
    const after = nextAddress(text, rest);
    const scheme = text.slice(start, rest);
    const isFile = scheme.toLowerCase() === 'file://';
    // A password that nobody escaped may contain what otherwise ends an address.
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

/** The next address from an index on: where its scheme begins, and what follows `://`. */
function nextAddress(text: string, from: number): { start: number; rest: number } | null {
  for (let at = text.indexOf('://', from); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = schemeBefore(text, at, from);
    if (start < at) return { start, rest: at + '://'.length };
  }
  return null;
}

/** Where the host begins, if the credentials may contain any character; 0 where they end an address nowhere. */
function endOfBrokenCredentials(rest: string): number {
  const line = rest.slice(0, firstOf(rest, '\r\n'));
  let blank = 0;
  while (blank < line.length && !SPACE.test(line.charAt(blank))) blank += 1;
  const word = line.slice(0, blank);
  // Without an `@` before the first slash, the slash is one of the password.
  const end = hasPassword(line)
    ? Math.max(afterLastAt(word), afterLastAt(line.slice(0, firstOf(line, '/?#'))) || afterLastAt(line))
    : afterLastAt(word);
  for (let at = 0; at < end; at++) if (ENDS_ADDRESS.test(line.charAt(at))) return end;
  return 0;
}

/** Whether a user's name and a colon come first, and the colon begins no port. */
function hasPassword(line: string): boolean {
  let at = 0;
  while (at < line.length && !ENDS_USER.test(line.charAt(at))) at += 1;
  if (line.charAt(at) !== ':') return false;
  const port = line.slice(at + 1, at + 1 + firstOf(line.slice(at + 1), '/?#'));
  return !/^\d{1,5}$/.test(port);
}

/** Where the scheme begins that ends at `end`; `end` where there is none. */
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

/** The text before a character, and the text from it on. */
function splitAt(text: string, character: string): [before: string, from: string] {
  const at = text.indexOf(character);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** Where the host begins. A password may contain `@`, `/` and `?` without being escaped. */
function endOfCredentials(address: string): number {
  const authority = address.slice(0, firstOf(address, '/?#'));
  const query = address.indexOf('?');
  const searched = (isCut(authority) && !authority.includes('@')) || query < 0 ? address : address.slice(0, query);
  return searched.lastIndexOf('@') + 1;
}

/** Whether what follows the colon is no port: the password then goes on after the slash. */
function isCut(authority: string): boolean {
  const afterAddress = authority.slice(authority.lastIndexOf(']') + 1);
  const [, port] = splitAt(afterAddress, ':');
  return port.length > 1 && !/^:\d{1,5}$/.test(port);
}

function firstOf(text: string, characters: string): number {
  for (let at = 0; at < text.length; at++) if (characters.includes(text.charAt(at))) return at;
  return text.length;
}

/** Secrets in a path: some cameras take `/user=admin_password=x_channel=1`. */
function maskPath(path: string): string {
  let masked = '';
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && !'/;&'.includes(path.charAt(at))) continue;
    masked += maskParameters(path.slice(start, at)) + path.charAt(at);
    start = at + 1;
  }
  return masked;
}

/** `user=admin_password=x_channel=1`: a value ends where `_name=` follows. */
function maskParameters(text: string): string {
  const [first = '', ...others] = text.split('=');
  if (others.length === 0) return text;
  let masked = `${first}=`;
  let isSecret = namesSecret(nameAtEnd(first));
  for (const [i, part] of others.entries()) {
    const isLast = i === others.length - 1;
    // Of what stands between two equal signs the end is the next name, if it is one.
    const name = isLast ? '' : nextName(part);
    const value = isLast ? part : part.slice(0, part.length - name.length);
    // A secret that itself has an equal sign goes on.
    if (isSecret && name === '' && !isLast) continue;
    masked += (isSecret && value !== '' ? MASK : value) + name + (isLast ? '' : '=');
    if (!isLast) isSecret = namesSecret(name || nameAtEnd(part));
  }
  return masked;
}

/** `_name` at the end of a text, of letters alone; empty where there is none. */
function nextName(text: string): string {
  let start = text.length;
  while (start > 0 && LETTER.test(text.charAt(start - 1))) start -= 1;
  return start > 0 && start < text.length && text.charAt(start - 1) === '_' ? text.slice(start - 1) : '';
}

/** The characters of a name at the end of a text. */
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
function maskQuery(query: string): string {
  if (query.length < 2) return query;
  let masked = '?';
  let start = 1;
  for (let at = 1; at <= query.length; at++) {
    const end = query.charAt(at);
    if (at < query.length && end !== '&' && end !== ';') continue;
    const part = query.slice(start, at);
    const equals = part.indexOf('=');
    const name = part.slice(0, equals + 1);
    const value = part.slice(equals + 1);
    const isPlain = value === '' || (PLAIN_VALUE.test(value) && !namesSecret(name));
    masked += name + (isPlain ? value : MASK) + end;
    start = at + 1;
  }
  return masked;
}

/** Credentials before a host without a scheme: `admin:secret@door.local`. */
function maskCredentials(text: string): string {
  let masked = '';
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text.charAt(at);
    if (at < text.length && character !== '/' && !SPACE.test(character)) continue;
    const word = text.slice(start, at);
    // `…/name:x@host` is the end of an address, which was masked before.
    masked += (text.charAt(start - 1) === '/' ? word : maskWord(word)) + character;
    start = at + 1;
  }
  return masked;
}

function maskWord(word: string): string {
  const host = afterLastAt(word);
  const colon = word.indexOf(':');
  if (colon < 0 || colon >= host - 2) return word;
  let start = colon;
  while (start > 0 && IN_USER.test(word.charAt(start - 1))) start -= 1;
  if (start === colon || word.charAt(start - 1) === '@') return word;
  return `${word.slice(0, start)}${MASK}@${word.slice(host)}`;
}

/** Index after the last `@` that a host follows; 0 if there is none. ffmpeg prints ` @ ` in its messages. */
function afterLastAt(text: string): number {
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    if (BEGINS_HOST.test(text.charAt(at + 1))) return at + 1;
  }
  return 0;
}

/** An option with a secret as its value, as the parser repeats a misspelt one: `--api-key=secret`. */
function maskOptions(text: string): string {
  let masked = '';
  let done = 0;
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', Math.max(done, at + 1))) {
    let start = at;
    while (start > done && IN_OPTION.test(text.charAt(start - 1))) start -= 1;
    const option = text.slice(start, at).toLowerCase();
    let end = at + 1;
    while (end < text.length && !ENDS_VALUE.test(text.charAt(end))) end += 1;
    if (!option.startsWith('-') || end === at + 1 || !SECRET_OPTIONS.some((secret) => option.includes(secret))) {
      continue;
    }
    masked += `${text.slice(done, at + 1)}${MASK}`;
    done = end;
  }
  return masked + text.slice(done);
}
