import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { User } from '@/db/schema';
import { authSecret } from '@/lib/server/platform/authSecret';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';

/** How long a browser stays known after its last sign-in, in seconds. */
const LIFE_SECONDS = 180 * 24 * 3600;

type KnownUser = Pick<User, 'id' | 'passwordHash'>;

/** One cookie for each account, so that two people who share a browser are both known. */
const nameOf = (user: Pick<User, 'id'>, secure: boolean) => `${secure ? '__Host-' : ''}kith-browser-${user.id}`;

/**
 * Returns the `Set-Cookie` value that makes this browser known to this account (OWASP, Slow Down Online Guessing
 * Attacks with Device Cookies). The cookie signs nobody in. Wrong passwords with it are counted for its nonce only.
 */
export function knownBrowserCookie(
  user: KnownUser,
  { secure, now = new Date() }: { secure: boolean; now?: Date },
): string {
  const issued = Math.floor(now.getTime() / 1000);
  const nonce = randomBytes(16).toString('base64url');
  const value = [issued, nonce, signature(user, issued, nonce)].join('.');
  const attributes = `Path=/; Max-Age=${LIFE_SECONDS}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return `${nameOf(user, secure)}=${value}; ${attributes}`;
}

/** Returns the nonce of the cookie that makes this browser known to this account, or null. */
export function knownBrowserNonce(
  user: KnownUser,
  cookies: ReadonlyMap<string, string>,
  now = new Date(),
): string | null {
  for (const secure of [true, false]) {
    const [issued, nonce, given] = (cookies.get(nameOf(user, secure)) ?? '').split('.');
    if (!issued || !nonce || !given || !/^\d{1,12}$/.test(issued)) continue;
    const age = now.getTime() - Number(issued) * 1000;
    if (age > LIFE_SECONDS * 1000 || age < -CLOCK_TOLERANCE_MS) continue;
    if (isSame(given, signature(user, Number(issued), nonce))) return nonce;
  }
  return null;
}

/** Depends on the password too: a new password makes every browser unknown. */
function signature({ id, passwordHash }: KnownUser, issued: number, nonce: string): string {
  const signed = JSON.stringify(['known browser', id, issued, nonce, passwordHash]);
  return createHmac('sha256', authSecret()).update(signed).digest('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [one, two] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === two.length && timingSafeEqual(one, two);
}
