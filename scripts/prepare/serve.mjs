import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from './step.mjs';

/**
 * glibc gives each thread that allocates an arena of its own and seldom gives memory back: with the recogniser's threads
 * that is 100 MB of nothing. Other C libraries ignore these. Node.js lets garbage pile up in each thread where there is
 * memory, which costs another 70 MB; pictures and samples do not lie in its heap and need no such room.
 */
export const memoryHabits = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
  NODE_OPTIONS: '--max-semi-space-size=4',
};

/** Milliseconds from a signal to the end of the server, at the latest; lib/server/platform/shutdown.ts is done before. */
const STOP_MS = 9_000;

/**
 * Runs Next as a child that lives no longer than this process: signals are passed on, and a lost IPC channel (this
 * process was killed) makes the server stop by itself.
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
      // lib/server/platform/shutdown.ts does it, with a bound on its time.
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
    // It ends by itself before that, unless its event loop is blocked: then it does not even see the signal.
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
  };
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
    // Ctrl-C reaches the child by itself; a second signal to it does no harm.
    process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  stopWithNpm(() => stop('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });
}

/**
 * `npm start` that is killed with -9 cannot pass the signal on; it shows in this process, or the shell that npm put in
 * between, getting another parent. Asked only under npm: a server started into the background from a shell may well
 * outlive that shell.
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

/** Parent and, where the system has /proc, the parent's parent. */
function ancestors() {
  try {
    // proc(5): "pid (name) state ppid …"; the name may hold anything, so the fields are counted from its end.
    const fields = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return `${process.ppid} ${fields?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}
