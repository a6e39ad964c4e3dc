import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { freePort } from '../../e2e/fixtures/freePort';
import { serverOwner, startTied } from './tiedProgram';

/** Time limit for the server's first response, in ms. On a loaded machine it takes seconds. */
const START_TIMEOUT_MS = 30_000;

/** A PostgreSQL server for one test run. */
export interface PostgresServer {
  /** Returns the URL of a database on it. */
  url(database: string): string;
  /** Stops it, and keeps its data. */
  halt(): Promise<void>;
  /** Starts it again at the same address. */
  resume(): Promise<void>;
  /** Stops all its processes with SIGSTOP. Connections stay open, but nothing responds. */
  freeze(): void;
  /** Lets its processes continue. */
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts a server in a temporary folder, on a free port of the loopback address. It ends with this process. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const binaries = findBinaries();
  const owner = serverOwner();
  const folder = await mkdtemp(join(tmpdir(), 'kith-postgres-'));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  // C: the locale that every machine has, and that knows the fewest letters.
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
  const url = (database: string) => `postgres://kith@127.0.0.1:${port}/${database}`;
  const launch = async () => {
    const program = startTied({
      folder,
      program: join(binaries, 'postgres'),
      args: ['-D', data, ...settings],
      stderr: 'pipe',
    });
    let output = '';
    program.stderr?.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4_000);
    });
    try {
      await untilItAnswers(url('postgres'));
    } catch (cause) {
      await program.stop();
      throw new Error(`the PostgreSQL server for the tests did not start:\n${output}`, { cause });
    }
    return program;
  };
  let running = await launch();
  const signalAll = (signal: 'SIGSTOP' | 'SIGCONT') => {
    const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    // The main process is stopped first, so that no new process is missed.
    for (const each of [pid, ...childrenOf(pid)]) process.kill(Number(each), signal);
  };
  return {
    url,
    halt: () => running.end(),
    async resume() {
      running = await launch();
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    stop: () => running.stop(),
  };
}

function childrenOf(pid: string): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
}

/** Returns the folder with `initdb` and `postgres`: from PATH, or where Debian installs them, the newest first. */
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

/** Waits until a query succeeds. Throws the last error after 30 s. */
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
