/**
 * `docker compose up` makes its own secrets: run once before the services, this writes what is missing into a volume
 * that only they see. Nobody has to choose a password, and none is the same in two places.
 *   node makeSecrets.mjs FOLDER
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
  // Readable by all: the database runs as another user than the server, and nothing else sees the volume.
  if (!existsSync(path)) writeFileSync(path, content, { mode: 0o444, flag: 'wx' });
  return readFileSync(path, 'utf8');
}

const password = keep('database-password', randomBytes(24).toString('hex'));
keep('database-url', `postgres://kith:${password}@database:5432/kith`);
keep('auth-secret', randomBytes(32).toString('base64url'));
