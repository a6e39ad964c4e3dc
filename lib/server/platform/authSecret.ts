import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './env';
import { makeFolder } from './makeFolder';

/** Creates a file whole or not at all: it is written under another name, then linked. Returns false if it exists. */
function createWhole(path: string, content: string): boolean {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Returns the secret of `dataDir`. Creates it (256 random bits, readable by its owner only) if there is none. */
export function keptAuthSecret(dataDir: string): string {
  const path = join(dataDir, 'auth-secret');
  makeFolder(dataDir);
  createWhole(path, `${randomBytes(32).toString('base64url')}\n`);
  chmodSync(path, 0o600);
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 16) throw new Error(`${path} is too short for a secret: remove it, and a new one is made`);
  return secret;
}

let cached: string | undefined;

/** Returns the secret that signs sessions: AUTH_SECRET, or the one in DATA_DIR. */
export function authSecret(): string {
  cached ??= env().AUTH_SECRET ?? keptAuthSecret(env().DATA_DIR);
  return cached;
}
