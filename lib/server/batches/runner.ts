import { worksInBackground } from '@/lib/server/platform/background';
import { database } from '@/lib/server/platform/database';
import { log } from '@/lib/server/platform/log';
import { processWide } from '@/lib/server/platform/processWide';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { type ImportCounts, ImportRun } from './ImportRun';

/** How often a server looks whether another one was given an import, in milliseconds. */
const LOOK_EVERY_MS = 10_000;
/** Pictures handed to the recogniser beyond one a thread: while these are decoded and kept, no thread waits. */
const MORE_THAN_THREADS = 2;
/** Milliseconds for which the rows under way are waited for when the server stops. */
const PATIENCE_MS = 4_000;

interface Runner {
  /** The run under way. */
  running: Promise<ImportCounts> | null;
  /** A look for imports was asked for while one ran, which may have ended without seeing the newest. */
  again: boolean;
  stopped: boolean;
  timer: NodeJS.Timeout | undefined;
  /** Aborted when the rows under way are waited for no longer. */
  abort: AbortController;
}

const runner = () =>
  processWide<Runner>('importRunner', () => ({
    running: null,
    again: false,
    stopped: false,
    timer: undefined,
    abort: new AbortController(),
  }));

/** From now on this server works on running imports, also those that another server was given. */
export function startImports(): void {
  const state = runner();
  state.timer ??= setInterval(wakeImports, LOOK_EVERY_MS).unref();
  wakeImports();
}

/** Works through every running import until none has rows left; called when one is started. */
export function wakeImports(): void {
  const state = runner();
  if (state.stopped || !worksInBackground()) return;
  if (state.running) {
    state.again = true;
    return;
  }
  void run(() => state.stopped)
    .catch((error: unknown) => log().error({ err: error }, 'imports stopped'))
    .finally(() => {
      const { again } = state;
      state.again = false;
      if (again) wakeImports();
    });
}

/**
 * Takes no more rows and lets those being worked on finish, for a while; those that do not are given back. What is left
 * is taken up at the next start.
 */
export async function stopImports({ patienceMs = PATIENCE_MS } = {}): Promise<void> {
  const state = runner();
  state.stopped = true;
  clearInterval(state.timer);
  const timer = setTimeout(() => state.abort.abort(), patienceMs);
  await state.running?.catch(() => undefined);
  clearTimeout(timer);
}

/**
 * Works on running imports for about so many milliseconds: for platforms where nothing runs between requests, called
 * by a cron. Rows that were begun are finished, so it may take longer by one picture's time. Where the server's own
 * run is under way it answers at once, with zeros.
 */
export async function runDueImports({ budgetMs }: { budgetMs: number }): Promise<ImportCounts> {
  const state = runner();
  if (state.running || state.stopped) return { enrolled: 0, duplicate: 0, failed: 0 };
  const until = performance.now() + budgetMs;
  return run(() => state.stopped || performance.now() >= until);
}

function run(isOver: () => boolean): Promise<ImportCounts> {
  const state = runner();
  state.running = work(isOver).finally(() => {
    state.running = null;
  });
  return state.running;
}

async function work(isOver: () => boolean): Promise<ImportCounts> {
  const [db, recogniser] = await Promise.all([database(), getRecogniser()]);
  const lookingAtOnce = recogniser.stats().threads + MORE_THAN_THREADS;
  return new ImportRun({ db, lookingAtOnce, isOver, signal: runner().abort.signal }).run();
}
