import { existsSync } from 'node:fs';
import { chown, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../e2e/fixtures/freePort';
import { untilItAnswers } from './postgresServer';
import { serverOwner, startTied } from './tiedProgram';

/** A PgBouncer in front of a database. */
export interface Pooler {
  /** URL of the same database through the pooler. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer as Neon and Supabase run theirs: a client gets another server connection for each transaction.
 * @param database URL of the database
 * @param connections maximum number of connections to the database
 */
export async function startPooler(database: string, connections: number): Promise<Pooler> {
  const { hostname, port: databasePort, pathname, username } = new URL(database);
  const owner = serverOwner();
  const folder = await mkdtemp(join(tmpdir(), 'kith-pooler-'));
  const port = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${databasePort} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
server_reset_query_always = 1
server_reset_query = DISCARD ALL
`,
  );
  if (owner) for (const path of [folder, settings]) await chown(path, owner.uid, owner.gid);
  // Debian does not add it to PATH.
  const program = existsSync('/usr/sbin/pgbouncer') ? '/usr/sbin/pgbouncer' : 'pgbouncer';
  const { stop } = startTied({ folder, program, args: ['-q', settings], stderr: 'inherit' });
  const url = `postgres://${username}@127.0.0.1:${port}${pathname}`;
  try {
    await untilItAnswers(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
