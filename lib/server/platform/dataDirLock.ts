import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { makeFolder } from './makeFolder';

/**
 * Longest path of a Unix socket: `sun_path` has 104 bytes on macOS and 108 on Linux, with the final NUL. Some versions
 * of libuv truncate longer ones silently.
 */
const LONGEST_SOCKET_PATH = 103;

/** How long a holder may take to describe itself, in ms. After that, the message has the pid of its socket's name. */
const ANSWER_TIMEOUT_MS = 2_000;

/** How long another starter may take to decide, in ms. */
const STARTER_TIMEOUT_MS = 10_000;

/** Errors of `bind` on file systems without sockets, such as folders of a Mac mounted into a container. */
const NO_SOCKETS_HERE = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EINVAL', 'ENOSYS']);

/** What a lock's socket sends to every client. */
const answer = z.object({
  pid: z.number(),
  /** Such as `the server on port 3000`. */
  what: z.string(),
  /** `starting`: it still checks whether others hold the lock. */
  state: z.enum(['starting', 'held']),
});
type Answer = z.infer<typeof answer>;

/** The lock of this process. */
export interface DataDirLock {
  readonly dataDir: string;
  /** Unlocks. The exit of the process does it too. */
  release(): Promise<void>;
}

/** Another process uses DATA_DIR; the message names both. */
export class DataDirLockedError extends Error {
  override readonly name = 'DataDirLockedError';
  readonly holderPid: number;

  constructor(dataDir: string, holder: { pid: number; what: string }) {
    super(
      `DATA_DIR ${dataDir} is in use by process ${holder.pid}, ${holder.what}. ` +
        'Stop it first, or give this one a DATA_DIR of its own.',
    );
    this.holderPid = holder.pid;
  }
}

/**
 * Takes the exclusive lock on a data directory, and creates the directory if it is missing. PGlite has no lock of its
 * own, and two processes on one directory corrupt it silently.
 * Each process that wants the lock listens on a Unix socket of its own in `DATA_DIR/lock`, and then asks all others
 * there. A socket responds exactly as long as its process runs: a killed process, even a zombie, refuses connections,
 * and its file is removed. Files are never used twice, so removing a dead one cannot hit a live one. Of two that start
 * at the same time each sees the other, because each listens before it looks. The one whose name sorts first wins.
 */
export async function lockDataDir({ dataDir, what }: { dataDir: string; what: string }): Promise<DataDirLock> {
  makeFolder(dataDir);
  const mine: Answer = { pid: process.pid, what, state: 'starting' };
  return process.platform === 'win32' ? lockPipe(dataDir, mine) : lockSocket(dataDir, mine);
}

/** Listens, and describes this process to every client. Never keeps the process running. */
function listen(path: string, mine: Answer): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(`${JSON.stringify(mine)}\n`);
    });
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Asks a socket who listens there. `dead`: nobody does. `unclear`: it did not say. */
function ask(path: string): Promise<Answer | 'dead' | 'unclear'> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(path);
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      socket.destroy();
      resolve('unclear');
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Nobody listens, or the file is gone. Any other error (it ended during the question, a full backlog) proves
      // nothing.
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'dead' : 'unclear');
    });
    socket.on('end', () => resolve(readAnswer(text)));
  });
}

function readAnswer(text: string): Answer | 'unclear' {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    // It ended during its response. The next question gets `dead`.
    return 'unclear';
  }
}

async function lockPipe(dataDir: string, mine: Answer): Promise<DataDirLock> {
  const path = `\\\\.\\pipe\\kith-${hashOf(realpathSync(dataDir).toLowerCase())}`;
  mine.state = 'held';
  try {
    const server = await listen(path, mine);
    return { dataDir, release: () => close(server) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const holder = await ask(path);
    throw new DataDirLockedError(
      dataDir,
      typeof holder === 'object' ? holder : { pid: 0, what: 'which does not answer' },
    );
  }
}

async function lockSocket(dataDir: string, mine: Answer): Promise<DataDirLock> {
  const folder = join(dataDir, 'lock');
  try {
    return await lockIn(folder, dataDir, mine);
  } catch (error) {
    if (!NO_SOCKETS_HERE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return lockIn(join(tmpdir(), `kith-lock-${hashOf(realpathSync(dataDir))}`), dataDir, mine);
  }
}

async function lockIn(folder: string, dataDir: string, mine: Answer): Promise<DataDirLock> {
  makeFolder(folder);
  const own = `${process.pid}-${randomBytes(8).toString('hex')}.sock`;
  const short = shortPathTo(folder, own);
  try {
    const server = await publish(short.path, own, mine);
    const remove = () => rmSync(join(folder, own), { force: true });
    process.once('exit', remove);
    const release = async () => {
      process.off('exit', remove);
      remove();
      await close(server);
    };
    try {
      for (const other of readdirSync(folder)) {
        if (other !== own && other.endsWith('.sock')) await outlast(dataDir, { folder: short.path, other, own });
      }
    } catch (error) {
      await release();
      throw error;
    }
    mine.state = 'held';
    return { dataDir, release };
  } finally {
    short.remove();
  }
}

/**
 * Listens under a draft name first, and renames it. Between `bind` and `listen` a socket refuses connections, and
 * another starter would take it for dead.
 */
async function publish(folder: string, own: string, mine: Answer): Promise<Server> {
  const draft = join(folder, own.replace(/\.sock$/, '.new'));
  const server = await listen(draft, mine);
  renameSync(draft, join(folder, own));
  return server;
}

/**
 * Returns when the other socket is dead or its starter has withdrawn.
 * @throws DataDirLockedError
 */
async function outlast(
  dataDir: string,
  { folder, other, own }: { folder: string; other: string; own: string },
): Promise<void> {
  const started = Date.now();
  for (;;) {
    const told = await ask(join(folder, other));
    const waited = Date.now() - started;
    if (told === 'dead') {
      rmSync(join(folder, other), { force: true });
      return;
    }
    if (told === 'unclear') {
      const pid = Number.parseInt(other, 10);
      if (waited >= ANSWER_TIMEOUT_MS) throw new DataDirLockedError(dataDir, { pid, what: 'which does not answer' });
    } else if (told.state === 'held' || other < own || waited >= STARTER_TIMEOUT_MS) {
      throw new DataDirLockedError(dataDir, told);
    }
    // A starter that sorts after this one sees this one and withdraws.
    await sleep(20);
  }
}

/** Returns a path to the folder that is short enough for its sockets: if necessary, a link in the temporary folder. */
function shortPathTo(folder: string, name: string): { path: string; remove(): void } {
  if (Buffer.byteLength(join(folder, name)) <= LONGEST_SOCKET_PATH) return { path: folder, remove: () => {} };
  const temporary = mkdtempSync(join(tmpdir(), 'kith-'));
  // Otherwise the tracer of files takes every project path that ends in `l` for one that may be read here.
  const path = join(/* turbopackIgnore: true */ temporary, 'l');
  symlinkSync(realpathSync(folder), path);
  return { path, remove: () => rmSync(temporary, { recursive: true, force: true }) };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
