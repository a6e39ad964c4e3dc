/** The three forms of an HTTP date (RFC 9110, 5.6.7). The last one has no zone; it is in UTC. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? [\w: -]{10,30}$/;

/**
 * Returns the seconds to wait, 0 or more, from a `Retry-After` header in either form (RFC 9110, 10.2.3). Null if it is
 * missing or invalid.
 * @param now Unix milliseconds; default: the current time
 */
export function readRetryAfter(header: string | null | undefined, now: number = Date.now()): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const at = HTTP_DATE.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
}
