import { hash, verify } from '@node-rs/argon2';

/** Argon2id with OWASP's parameters: 19 MiB, two passes, one lane (Password Storage Cheat Sheet). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let unknown: Promise<string> | undefined;

/**
 * Returns whether the hash is that of `password`. Without a hash (an unknown account) it does the same work and returns
 * false, so that the time does not reveal which accounts exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  unknown ??= hashPassword('no account has this password');
  const matches = await verify(passwordHash ?? (await unknown), password.normalize('NFKC'));
  return passwordHash !== null && matches;
}
