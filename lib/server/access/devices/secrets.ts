import { createHash, randomBytes, randomInt } from 'node:crypto';

/** What every device token begins with: told from API keys at a glance, and by scanners for leaked secrets. */
const TOKEN_PREFIX = 'kith_device_';

/** Crockford's base 32: no I, L, O, U, which people mistake when they read a code from one screen and type it on another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 2;
const GROUP_LENGTH = 5;

/** Makes a token of 256 random bits. */
export function makeToken(): string {
  return TOKEN_PREFIX + randomBytes(32).toString('base64url');
}

/** Whether a secret may be a device's token, by its form. */
export const looksLikeToken = (secret: string): boolean => secret.startsWith(TOKEN_PREFIX);

/** Makes a pairing code of 50 random bits, as `ABCDE-23456`: short enough to type, and it lives ten minutes. */
export function makePairingCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** A code as it was made, however it was typed: case, spaces and dashes do not count, and look-alikes are read as meant. */
export function normalisePairingCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const groups = Math.ceil(plain.length / GROUP_LENGTH);
  return Array.from({ length: groups }, (_, nth) => plain.slice(nth * GROUP_LENGTH, (nth + 1) * GROUP_LENGTH)).join(
    '-',
  );
}

/** SHA-256 in hex, which is what is kept of a token or a code. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
