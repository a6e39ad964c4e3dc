import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What every key begins with, so that scanners for leaked secrets can tell one. */
const KEY_PREFIX = 'kith_';

/** Characters of a key that are kept readable, to tell keys apart: the prefix and six of the 43 random ones. */
const VISIBLE = KEY_PREFIX.length + 6;

/** Makes a key of 256 random bits. */
export function makeKey(): string {
  return KEY_PREFIX + randomBytes(32).toString('base64url');
}

/** The part of a key that may be shown later. */
export const visiblePrefix = (key: string): string => key.slice(0, VISIBLE);

/** SHA-256 of a key in hex, which is what is kept of it. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Whether two keys are the same, in a time that says nothing about where they differ, nor how long they are. */
export function sameKey(one: string, other: string): boolean {
  const digest = (key: string) => createHash('sha256').update(key).digest();
  return timingSafeEqual(digest(one), digest(other));
}
