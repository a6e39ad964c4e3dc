import type { Transport } from '@kith/sdk';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { key } from '@/lib/shared/contract/keys';
import { SCOPES, type Scope } from '@/lib/shared/contract/scopes';
import { CliError } from '../lib/CliError';
import { examples, type JsonOption, withJson } from '../lib/options';
import { id, show, table } from '../server/command';
import { serverOf } from '../server/serverOf';

type Key = z.output<typeof key>;

interface KeyOptions extends JsonOption {
  url: string;
  key?: string;
  /** Uses the embedded database of a stopped server, to create a first key. */
  dataDir?: string;
}

interface CreateOptions extends KeyOptions {
  scope: Scope[];
  expires?: string;
}

/** `kith keys`: manages API keys. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('list, create and revoke API keys');

  anywhere(keys.command('list', { isDefault: true }))
    .description('list keys: names, scopes and times')
    .addHelpText('after', examples('kith keys list', 'kith keys list --data-dir .data'))
    .action(async (options: KeyOptions) => {
      const found = await listed(options);
      show(options, { keys: found }, () => table([HEADER, ...found.map(rowOf)]));
    });

  anywhere(keys.command('create'))
    .description('create a key and show it once')
    .addHelpText(
      'after',
      examples(
        'kith keys create Gate --scope match sync --expires 2027-01-31',
        'kith keys create First --scope admin --data-dir .data',
      ),
    )
    .argument('<name>', 'a name for the key, such as its purpose')
    .requiredOption('--scope <scope...>', `what the key allows: ${SCOPES.join(', ')}`, scopeOf)
    .option('--expires <date>', 'the last day of the key, such as 2027-01-31', dayOf)
    .action(async (name: string, options: CreateOptions) => {
      const created = await made(name, options);
      show(options, created, () => [created.key]);
    });

  anywhere(keys.command('revoke'))
    .description('revoke a key immediately')
    .addHelpText('after', examples('kith keys revoke 3'))
    .argument('<key_id>', 'a key’s id, as kith keys list shows it', id)
    .action(async (keyId: number, options: KeyOptions) => {
      if (options.dataDir === undefined) await running(options).json({ method: 'DELETE', path: `/api/keys/${keyId}` });
      else await (await offlineKeys()).revoke(options.dataDir, keyId);
      show(options, { revoked: keyId }, () => [`Revoked key ${keyId}.`]);
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
  if (options.dataDir === undefined) {
    return (await running(options).json<{ keys: Key[] }>({ method: 'GET', path: '/api/keys' })).keys;
  }
  return (await offlineKeys()).list(options.dataDir);
}

async function made(name: string, { scope, expires, ...options }: CreateOptions): Promise<Key & { key: string }> {
  if (options.dataDir === undefined) {
    const body = { name, scopes: scope, expires_at: expires ?? null };
    return running(options).json({ method: 'POST', path: '/api/keys', body });
  }
  const expiresAt = expires === undefined ? null : new Date(expires);
  return (await offlineKeys()).create(options.dataDir, { name, scopes: scope, expiresAt });
}

/** Loaded on demand, because the database takes a while to load. */
const offlineKeys = () => import('../lib/offlineKeys');

/** Adds the options for a running server with its key, or the folder of a stopped server. */
function anywhere(command: Command): Command {
  return withJson(command)
    .addOption(new Option('--url <url>', "the server's address").env('KITH_URL').default('http://localhost:3000'))
    .addOption(new Option('--key <key>', 'an API key with the scope admin').env('KITH_KEY'))
    .addOption(new Option('--data-dir <folder>', 'instead of --key: the DATA_DIR of a stopped server'));
}

function running(options: KeyOptions): Transport {
  if (options.key !== undefined) return serverOf(options);
  throw new CliError('Give --key (or KITH_KEY) of a running server, or --data-dir of a stopped one.');
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
