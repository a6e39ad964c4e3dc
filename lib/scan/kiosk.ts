import type { LocalSettings } from './records';

/** A PIN has at most a few thousand values; the work makes trying them out on a copied profile slow, not impossible. */
const ITERATIONS = 300_000;

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
