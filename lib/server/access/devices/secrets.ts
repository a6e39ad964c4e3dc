import { createHash, randomBytes, randomInt } from 'node:crypto';

/**
 * Prefix of every device token. It distinguishes tokens from API keys, also for scanners that search for leaked
 * secrets.
 */
const TOKEN_PREFIX = 'kith_device_';

/**
 * Crockford's base 32: without I, L, O and U, which people confuse when they copy a code from one screen to another.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 2;
const GROUP_LENGTH = 5;

/** Makes a token of 256 random bits. */
export function makeToken(): string {
  return TOKEN_PREFIX + randomBytes(32).toString('base64url');
}

/** Returns whether a secret has the form of a device's token. */
export const looksLikeToken = (secret: string): boolean => secret.startsWith(TOKEN_PREFIX);

/**
 * Makes a pairing code of 50 random bits, such as `ABCDE-23456`: short enough to type. It expires after ten minutes.
 */
export function makePairingCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Returns a typed code in its original form. Case, spaces and dashes are ignored, and similar letters are replaced. */
export function normalisePairingCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const groups = Math.ceil(plain.length / GROUP_LENGTH);
  return Array.from({ length: groups }, (_, nth) => plain.slice(nth * GROUP_LENGTH, (nth + 1) * GROUP_LENGTH)).join(
    '-',
  );
}

/** Returns the SHA-256 in hex, which is stored instead of a token or a code. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
