/** What stands in place of a secret. */
const MASK = '***';

/** An address, up to a space, a quote or a bracket. */
const ADDRESS = /([a-z][a-z\d+.-]*):\/\/([^\s'"<>`]+)/gi;
/** What ends an address, unless a password that nobody escaped contains it. */
const ENDS_ADDRESS = /[\s'"<>`]/;
/** Where an address begins. */
const SCHEME = /([a-z][a-z\d+.-]*:\/\/)/i;
/** Credentials before a host without a scheme: `admin:secret@door.local`. */
const CREDENTIALS = /(?<![\w/:.@-])[\w.+-]+:[^\s/]+@(?=[\w[])/g;
/** A key of Kith, as `lib/server/access/keys/token.ts` makes it. */
const KITH_KEY = /\bkith_[\w-]{8,}/g;
/** An option with a secret as value, as the parser repeats a misspelt one. */
const SECRET_OPTION = /(--?[\w-]*(?:key|pass|token|secret)[\w-]*=)[^\s'"]+/gi;
/** A parameter that holds a secret, also in a path: some cameras take `/user=admin_password=x_channel=1`. */
const SECRET_PARAMETER =
  /((?:^|[/?&;_])[\w.-]*?(?:user|usr|login|pass|pwd|pin|token|key|secret|auth|sig|session|credential)[\w.-]*?=)(.*?)(?=[&;/?#]|_[a-z]+=|$)/gi;
/** Values that say which picture is meant, and nothing else: `channel=1`, `subtype=main`. */
const PLAIN_VALUE = /^(?:\d{1,4}(?:[x.]\d{1,4})?|main|sub|true|false|on|off|jpe?g|mjpe?g|h26[45])$/i;

/**
 * Hides credentials in a text that is to be printed: user names and passwords of addresses, and secrets in their paths and
 * queries. In doubt, more is hidden than is secret.
 */
export function maskSecrets(text: string): string {
  return maskBrokenPasswords(text)
    .replace(
      ADDRESS,
      (_, scheme: string, rest: string) => `${scheme}://${scheme === 'file' ? rest : maskAddress(rest)}`,
    )
    .replace(CREDENTIALS, `${MASK}@`)
    .replace(SECRET_OPTION, `$1${MASK}`)
    .replace(KITH_KEY, MASK);
}

/** Hides credentials with characters that otherwise end an address, such as `admin:it's`. */
function maskBrokenPasswords(text: string): string {
  const parts = text.split(SCHEME);
  return parts
    .map((part, i) => {
      const scheme = i % 2 === 0 ? parts[i - 1] : undefined;
      if (scheme === undefined || /^file:/i.test(scheme)) return part;
      const end = endOfBrokenCredentials(part);
      return ENDS_ADDRESS.test(part.slice(0, end)) ? `${MASK}@${part.slice(end)}` : part;
    })
    .join('');
}

/** Where the host begins, if the credentials may contain any character; 0 without credentials. */
function endOfBrokenCredentials(rest: string): number {
  const [line = ''] = /^[^\r\n]*/.exec(rest) ?? [];
  const [token = ''] = /^\S*/.exec(line) ?? [];
  const hasPassword = /^[^\s'"<>`/?#@:]*:(?!\d{1,5}(?:[/?#]|$))/.test(line);
  if (!hasPassword) return afterLastAt(token);
  const [authority = ''] = /^[^/?#]*/.exec(line) ?? [];
  // Without an `@` before the first slash, the slash is one of the password.
  return Math.max(afterLastAt(token), afterLastAt(authority) || afterLastAt(line));
}

/** Index after the last `@` that a host follows; 0 if there is none. ffmpeg prints ` @ ` in its messages. */
function afterLastAt(text: string): number {
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    if (/[\w[]/.test(text.charAt(at + 1))) return at + 1;
  }
  return 0;
}

/** @param rest an address after `://` */
function maskAddress(rest: string): string {
  const start = endOfCredentials(rest);
  const [, path = '', query = '', fragment = ''] =
    /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(start === 0 ? rest : rest.slice(start)) ?? [];
  const shown = path.replace(SECRET_PARAMETER, `$1${MASK}`) + maskQuery(query) + (fragment && `#${MASK}`);
  return start === 0 ? shown : `${MASK}@${shown}`;
}

/** Where the host begins. A password may contain `@`, `/` and `?` without being escaped. */
function endOfCredentials(rest: string): number {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  // What follows the colon is no port, so the password goes on after the slash.
  const isCut = /:(?!\d{1,5}$)[^\]]+$/.test(authority) && !authority.includes('@');
  const query = rest.indexOf('?');
  const searched = isCut || query < 0 ? rest : rest.slice(0, query);
  return searched.lastIndexOf('@') + 1;
}

function maskQuery(query: string): string {
  if (query.length < 2) return query;
  const shown = query
    .slice(1)
    .split(/(?<=[&;])/)
    .map((part) => {
      const [, name = '', value = '', end = ''] = /^(?:([^=]*)=)?(.*?)([&;]?)$/s.exec(part) ?? [];
      const isPlain = PLAIN_VALUE.test(value) && !`?${name}=`.match(SECRET_PARAMETER);
      return `${name && `${name}=`}${isPlain || value === '' ? value : MASK}${end}`;
    });
  return `?${shown.join('')}`;
}
