/**
 * Makes the secrets of `docker compose up`. It runs once before the services, and writes missing secrets into a volume
 * that only the services see. Users need not choose a password, and every installation has different ones.
 *
 *    node makeSecrets.mjs FOLDER
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '';
if (!folder) {
  console.error('Which folder? node makeSecrets.mjs FOLDER');
  process.exit(1);
}

/**
 * @param {string} name
 * @param {string} content
 */
function keep(name, content) {
  const path = join(folder, name);
  // The file is readable by all, because database and server run as different users. Nothing else sees the volume.
  if (!existsSync(path)) writeFileSync(path, content, { mode: 0o444, flag: 'wx' });
  return readFileSync(path, 'utf8');
}

const password = keep('database-password', randomBytes(24).toString('hex'));
keep('database-url', `postgres://kith:${password}@database:5432/kith`);
keep('auth-secret', randomBytes(32).toString('base64url'));
