/** The three forms of an HTTP date (RFC 9110, 5.6.7); the last one has no zone, and is UTC. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? [\w: -]{10,30}$/;

/**
 * Seconds that a `Retry-After` header asks to wait, 0 or more, in either of its forms (RFC 9110, 10.2.3). Null where it is
 * missing or is neither.
 * @param now Unix milliseconds; default the clock
 */
export function readRetryAfter(header: string | null | undefined, now: number = Date.now()): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const at = HTTP_DATE.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
}
