import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';

/** How long the server may take to answer, in ms; on a loaded machine it takes seconds. */
const START_TIMEOUT_MS = 30_000;

/** Runs its arguments as a program that gets SIGINT when standard input ends, and so outlives nobody. */
export const UNTIL_PIPE_ENDS = '"$@" </dev/null & read -r _; kill -INT $!; wait $!';

/** A PostgreSQL server of a test run's own. */
export interface PostgresServer {
  /** URL of a database on it. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts a server in a temporary folder, on a free port of the loopback address. It ends with this process, however
 * this process ends, because it is told to by the end of a pipe.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const binaries = findBinaries();
  const owner = serverOwner();
  const folder = await mkdtemp(join(tmpdir(), 'kith-postgres-'));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  // C: the locale that every machine has, and the one that knows least of letters.
  const initdb = ['-D', data, '-U', 'kith', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=100',
    'shared_buffers=64MB',
  ].flatMap((setting) => ['-c', setting]);
  const server = spawn('sh', ['-c', UNTIL_PIPE_ENDS, 'sh', join(binaries, 'postgres'), '-D', data, ...settings], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let output = '';
  server.stderr.on('data', (chunk) => {
    output = `${output}${chunk}`.slice(-4_000);
  });
  const url = (database: string) => `postgres://kith@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    const ended = server.exitCode === null ? once(server, 'exit') : null;
    server.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilItAnswers(url('postgres'));
  } catch (cause) {
    await stop();
    throw new Error(`the PostgreSQL server for the tests did not start:\n${output}`, { cause });
  }
  return { url, stop };
}

/** The folder with `initdb` and `postgres`: in PATH, or where Debian puts them, the newest first. */
function findBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))));
  if (found === undefined) {
    throw new Error(
      'These tests need a PostgreSQL server (initdb and postgres, 13 or newer), and none is installed. ' +
        'Debian and Ubuntu: apt-get install postgresql. macOS: brew install postgresql.',
    );
  }
  return found;
}

/** PostgreSQL and PgBouncer refuse to run as root: then they run as the user that the package made. */
export function serverOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A port of the loopback address that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Returns once a query is answered. Throws the last failure after 30 s. */
export async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await client`select 1`;
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    } finally {
      await client.end();
    }
  }
}
