import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from './step.mjs';

/**
 * Limits memory use. glibc gives each allocating thread an arena of its own and seldom returns memory; with the
 * recogniser's threads, that wastes 100 MB. Other C libraries ignore these settings. Node.js delays garbage collection
 * in each thread while memory is available, which costs another 70 MB. Pictures and samples are not in its heap, so
 * they need no such room.
 */
export const memoryHabits = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
  NODE_OPTIONS: '--max-semi-space-size=4',
};

/** Maximum milliseconds from a signal to the end of the server. lib/server/platform/shutdown.ts takes less. */
const STOP_MS = 9_000;

/**
 * Runs Next as a child that does not outlive this process. Signals are passed on. If this process is killed, the child
 * loses its IPC channel and stops by itself.
 * @param {'start' | 'dev'} command
 * @param {{ port: number, hostname: string | undefined }} listen
 * @returns {Promise<number>} the exit code
 */
export function serve(command, { port, hostname }) {
  const args = ['--port', String(port), ...(hostname === undefined ? [] : ['--hostname', hostname])];
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', command, ...args], {
    cwd: ROOT,
    env: {
      ...memoryHabits,
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      // lib/server/platform/shutdown.ts handles the signals, within a time limit.
      ...(command === 'start' && { NEXT_MANUAL_SIG_HANDLE: '1' }),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    const { kith, address } = /** @type {{ kith?: string, address?: string }} */ (Object(message));
    if (kith === 'ready') console.log(`\nKith is ready: ${address}\n`);
  });
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    child.kill(signal);
    // The server exits before that, unless its event loop is blocked. It then does not notice the signal.
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
  };
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
    // The terminal sends Ctrl-C to the child as well. A second signal does no harm.
    process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  stopWithNpm(() => stop('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });
}

/**
 * Stops the server when npm is gone. If `npm start` is killed with -9, it cannot pass the signal on. The only sign is a
 * new parent of this process, or of the shell that npm started in between. Only done under npm, because a server
 * started into the background from a shell may outlive that shell.
 * @param {() => void} stop
 */
function stopWithNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    stop();
  }, 1000);
  timer.unref();
}

/** Returns the parent and, if the system has /proc, the parent's parent. */
function ancestors() {
  try {
    // proc(5): "pid (name) state ppid …". The name may contain anything, so the fields are counted from its end.
    const fields = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return `${process.ppid} ${fields?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}
