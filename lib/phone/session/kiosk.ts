import type { LocalSettings } from '@/lib/phone/store/records';

/** A PIN has at most a few thousand values; the work makes trying them out on a copied profile slow, not impossible. */
const ITERATIONS = 300_000;

/** Wrong PINs that cost no more than a moment. */
const FREE_TRIES = 3;
const MOMENT_MS = 1_500;
/** The wait after the first wrong PIN beyond, which doubles with each further one. */
const FIRST_WAIT_MS = 5_000;
/** The longest wait: half of all PINs of four digits then take 52 days. */
const MAX_WAIT_MS = 15 * 60_000;

export const PIN_PATTERN = /^\d{4,8}$/;

type Kiosk = NonNullable<LocalSettings['kiosk']>;

/** What is kept of the PIN that ends kiosk mode: PBKDF2 with SHA-256 and a salt of its own (RFC 8018). */
export async function lockWith(pin: string): Promise<Kiosk> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: hex(salt), hash: await derive(pin, salt) };
}

export async function opensWith(kiosk: Kiosk, pin: string): Promise<boolean> {
  const salt = Uint8Array.from(kiosk.salt.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return (await derive(pin, salt)) === kiosk.hash;
}

/** How long the next try has to wait after so many wrong ones, ms. */
function waitAfter(wrong: number): number {
  if (wrong <= FREE_TRIES) return MOMENT_MS;
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(wrong - FREE_TRIES - 1, 20));
}

/** Counts a try. Kept before the PIN is looked at, so that a reload does not take it back. */
export function withTry(kiosk: Kiosk, now: number): Kiosk {
  const wrong = (kiosk.wrong ?? 0) + 1;
  return { ...kiosk, wrong, waitUntil: now + waitAfter(wrong) };
}

/** How long the next try has to wait, ms; 0 when it may be made. More than any wait is one of a clock that ran ahead. */
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
