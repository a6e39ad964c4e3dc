import type { LocalSettings } from '@/lib/phone/store/records';

/**
 * Iterations of PBKDF2. Four digits allow 10,000 PINs, so this makes guessing on a copied profile slow, not impossible.
 */
const ITERATIONS = 300_000;

/** Number of wrong PINs with only a short wait. */
const FREE_TRIES = 3;
const MOMENT_MS = 1_500;
/** Wait after the next wrong PIN, ms. It doubles with each further one. */
const FIRST_WAIT_MS = 5_000;
/** Maximum wait, ms. Trying half of all four-digit PINs then takes 52 days. */
const MAX_WAIT_MS = 15 * 60_000;

export const PIN_PATTERN = /^\d{4,8}$/;

type Kiosk = NonNullable<LocalSettings['kiosk']>;

/** Returns what is stored of the PIN that ends kiosk mode: PBKDF2 with SHA-256 and its own salt (RFC 8018). */
export async function lockWith(pin: string): Promise<Kiosk> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: hex(salt), hash: await derive(pin, salt) };
}

export async function opensWith(kiosk: Kiosk, pin: string): Promise<boolean> {
  const salt = Uint8Array.from(kiosk.salt.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return (await derive(pin, salt)) === kiosk.hash;
}

/** Returns the wait before the next try after this many wrong PINs, ms. */
function waitAfter(wrong: number): number {
  if (wrong <= FREE_TRIES) return MOMENT_MS;
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(wrong - FREE_TRIES - 1, 20));
}

/** Counts a try. Store the result before checking the PIN, so that a reload does not undo the count. */
export function withTry(kiosk: Kiosk, now: number): Kiosk {
  const wrong = (kiosk.wrong ?? 0) + 1;
  return { ...kiosk, wrong, waitUntil: now + waitAfter(wrong) };
}

/**
 * Returns the wait before the next try, ms; 0 if there is none. A longer wait than possible comes from a wrong clock:
 * 0.
 */
export function waitOf({ wrong = 0, waitUntil = 0 }: Kiosk, now: number): number {
  const left = waitUntil - now;
  return left > 0 && left <= waitAfter(wrong) ? left : 0;
}

async function derive(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS },
    key,
    256,
  );
  return hex(new Uint8Array(bits));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
