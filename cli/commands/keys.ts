import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { key } from '@/lib/contract/keys';
import { SCOPES, type Scope } from '@/lib/contract/scopes';
import { keyAnswer } from '@/lib/keys/keyAnswer';
import { createKey, listKeys, revokeKey } from '@/lib/keys/store';
import { DataDirLockedError } from '@/lib/server/dataDirLock';
import { withOfflineDatabase } from '@/lib/server/offlineDatabase';
import { CliError } from '../lib/CliError';
import { type JsonOption, withJson } from '../lib/options';
import { id, serverOf, show, table } from '../server/command';
import type { Server } from '../server/Server';

type Key = z.output<typeof key>;

interface KeyOptions extends JsonOption {
  url: string;
  key?: string;
  /** Works on the embedded database itself, of a server that is stopped: the way to a first key. */
  dataDir?: string;
}

interface CreateOptions extends KeyOptions {
  scope: Scope[];
  expires?: string;
}

/** `kith keys`: API keys. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('list, create and revoke API keys');

  anywhere(keys.command('list', { isDefault: true }))
    .description('list keys; what they are was shown once and is not kept')
    .action(async (options: KeyOptions) => {
      const found = await listed(options);
      show(options, { keys: found }, () => table([HEADER, ...found.map(rowOf)]));
    });

  anywhere(keys.command('create'))
    .description('create a key, and show it this once')
    .argument('<name>', 'what it is for')
    .requiredOption('--scope <scope...>', `what it may: ${SCOPES.join(', ')}`, scopeOf)
    .option('--expires <date>', 'the day it ends, such as 2027-01-31', dayOf)
    .action(async (name: string, options: CreateOptions) => {
      const created = await made(name, options);
      show(options, created, () => [created.key]);
    });

  anywhere(keys.command('revoke'))
    .description('end a key at once')
    .argument('<key_id>', '', id)
    .action(async (keyId: number, options: KeyOptions) => {
      if (options.dataDir === undefined) await running(options).json(`/api/keys/${keyId}`, { method: 'DELETE' });
      else await offline(options.dataDir, (db) => revokeKey(db, keyId));
      show(options, { revoked: keyId }, () => [`Key ${keyId} is worth nothing now.`]);
    });
  return keys;
}

const HEADER = ['id', 'name', 'begins with', 'scopes', 'expires', 'last used', 'revoked'];
const rowOf = (each: Key) => [
  each.key_id,
  each.name,
  each.prefix,
  each.scopes.join(' '),
  each.expires_at?.slice(0, 10),
  each.last_used_at?.slice(0, 16),
  each.revoked_at?.slice(0, 10),
];

async function listed(options: KeyOptions): Promise<Key[]> {
  if (options.dataDir === undefined) return (await running(options).json<{ keys: Key[] }>('/api/keys')).keys;
  return (await offline(options.dataDir, listKeys)).map(keyAnswer);
}

async function made(name: string, { scope, expires, ...options }: CreateOptions): Promise<Key & { key: string }> {
  if (options.dataDir === undefined) {
    const json = { name, scopes: scope, expires_at: expires ?? null };
    return running(options).json('/api/keys', { method: 'POST', json });
  }
  const expiresAt = expires === undefined ? null : new Date(expires);
  const created = await offline(options.dataDir, (db) => createKey(db, { name, scopes: scope, expiresAt }));
  return { ...keyAnswer(created), key: created.key };
}

/** A running server by its key, or the folder of a stopped one. */
function anywhere(command: Command): Command {
  return withJson(command)
    .addOption(new Option('--url <url>', "the server's address").env('KITH_URL').default('http://localhost:3000'))
    .addOption(new Option('--key <key>', 'an API key with the scope admin').env('KITH_KEY'))
    .addOption(new Option('--data-dir <folder>', 'instead: the DATA_DIR of a server that is stopped'));
}

function running(options: KeyOptions): Server {
  if (options.key !== undefined) return serverOf(options);
  throw new CliError('give --key (or KITH_KEY) of a running server, or --data-dir of a stopped one');
}

async function offline<Answer>(
  folder: string,
  work: Parameters<typeof withOfflineDatabase<Answer>>[1],
): Promise<Answer> {
  try {
    return await withOfflineDatabase({ dataDir: resolve(folder), what: 'kith keys' }, work);
  } catch (cause) {
    if (cause instanceof DataDirLockedError) throw new CliError(cause.message, { cause });
    throw cause;
  }
}

function scopeOf(text: string, before: Scope[] | undefined): Scope[] {
  const scopes = text.split(',').map((each) => each.trim());
  const unknown = scopes.find((each) => !(SCOPES as readonly string[]).includes(each));
  if (unknown !== undefined) throw new InvalidArgumentError(`there is no scope ${unknown}`);
  return [...(before ?? []), ...(scopes as Scope[])];
}

function dayOf(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('must be a date');
  return at.toISOString();
}
