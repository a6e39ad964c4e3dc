/** Stands for this server, whose own address does not matter here: a name that is nobody's (RFC 6761 section 6.4). */
const HERE = 'http://kith.invalid';

/** What browsers drop or turn into a slash before they look where an address leads (WHATWG URL, 4.4). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found
const MISLEADING = /[\u0000-\u001f\u007f\\]/;

/**
 * The one rule for every address that a request may name to go to next: a path of this site, as browsers read it.
 * @returns the path with its query and fragment; `/` for whatever could lead elsewhere (CWE-601)
 */
export function safePath(target: unknown): string {
  if (typeof target !== 'string' || !target.startsWith('/') || misleads(target)) return '/';
  if (!URL.canParse(target, HERE)) return '/';
  const url = new URL(target, HERE);
  // `/x/..//elsewhere` is on this site, but what is left of it is not.
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === HERE && !misleads(path) ? path : '/';
}

/** Whether the path has such characters or a second slash in front, as it is or percent-encoded once or twice. */
function misleads(target: string): boolean {
  if (MISLEADING.test(target)) return true;
  let path = target.split(/[?#]/, 1)[0] ?? '';
  for (let decoded = 0; decoded < 3; decoded++) {
    if (MISLEADING.test(path) || path.startsWith('//')) return true;
    try {
      path = decodeURIComponent(path);
    } catch {
      // What no path of this site looks like, or a name with a percent sign that was decoded before.
      return decoded === 0;
    }
  }
  return false;
}
