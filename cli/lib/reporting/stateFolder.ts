import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { trimEndWhile } from '@/lib/shared/text/trimEndWhile';

/**
 * Returns the folder for the state of this user's programs (XDG Base Directory Specification; on Windows the local
 * profile).
 */
export function defaultStateFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  return join(base || join(homedir(), '.local', 'state'), 'kith');
}

/**
 * Creates the folder of one camera at one server, which only its owner can read. It stays the same when the key is
 * replaced.
 */
export async function cameraFolder(state: string, { server, name }: { server: string; name: string }): Promise<string> {
  const hash = createHash('sha256')
    .update(`${trimEndWhile(server, (character) => character === '/')}\n${name}`)
    .digest('hex')
    .slice(0, 12);
  const label = name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .slice(0, 40);
  const folder = join(state, `${label}-${hash}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return folder;
}
