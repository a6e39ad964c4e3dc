import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessAfter } from './endProcessAfter';
import { log } from './log';
import { processWide } from './processWide';
import { markStopping } from './readiness';

/** Requests that run get this long to finish. */
const DRAIN_MS = 5_000;
/** How often connections that only idle are closed meanwhile. */
const IDLE_MS = 100;
/** Each part gets this long to close, so that one that hangs keeps no other from closing. */
const CLOSE_MS = 1_500;
/**
 * Everything together; after it the process is ended. Docker waits for ten seconds, and an event loop that is busy sees the
 * signal late.
 */
const TOTAL_MS = 8_000;

interface ShutdownState {
  server: Server | undefined;
  closers: { name: string; close: () => Promise<void> | void }[];
  controller: AbortController;
  started: boolean;
}

const state = () =>
  processWide(
    'shutdown',
    (): ShutdownState => ({ server: undefined, closers: [], controller: new AbortController(), started: false }),
  );

/** Closes something when the server stops, after the last request; what was added last is closed first. */
export function onShutdown(name: string, close: () => Promise<void> | void): void {
  state().closers.push({ name, close });
}

/** Aborted as soon as the server begins to stop: long answers (event streams) and background work end by it. */
export function shutdownSignal(): AbortSignal {
  return state().controller.signal;
}

/**
 * On SIGTERM, SIGINT and the end of the parent process: take no new connections, let requests finish, close what was opened, exit with 0. Next's own
 * handling waits without a bound and knows nothing of the database; `scripts/start.mjs` turns it off
 * (NEXT_MANUAL_SIG_HANDLE).
 */
export function handleSignals(): void {
  // Next keeps its HTTP server to itself; Node tells which server a request came in on.
  subscribe('http.server.request.start', (message) => {
    state().server ??= (message as { server: Server }).server;
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(signal));
  // The process that started this one is gone, even if it was killed with -9.
  if (process.connected) process.once('disconnect', () => void shutDown('disconnect'));
}

async function shutDown(signal: string): Promise<void> {
  const shared = state();
  if (shared.started) return;
  shared.started = true;
  log().info({ signal }, 'stopping');
  markStopping();
  shared.controller.abort();
  endProcessAfter(TOTAL_MS);
  await drain(shared.server);
  for (const { name, close } of shared.closers.reverse()) {
    try {
      if ((await Promise.race([close(), sleep(CLOSE_MS, HANGS)])) === HANGS) {
        log().error(`${name} did not close within ${CLOSE_MS / 1000} s, going on without`);
      }
    } catch (error) {
      log().error({ err: error }, `could not close ${name}`);
    }
  }
  log().info('stopped');
  process.exit(0);
}

const HANGS = Symbol('hangs');

/** Waits until the last request is answered, but not for connections that only idle. */
async function drain(server: Server | undefined): Promise<void> {
  if (!server?.listening) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // A connection whose last answer is sent would stay open for another request.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      resolve();
    });
  });
}
