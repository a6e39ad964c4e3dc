import { database } from '@/lib/server/platform/database';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { type ImportCounts, ImportRun } from './ImportRun';
import { whoIsAlike } from './whoIsAlike';

/** How often a server looks whether another one was given an import, in milliseconds. */
const LOOK_EVERY_MS = 10_000;
/** Pictures handed to the recogniser beyond one a thread: while these are decoded and kept, no thread waits. */
const MORE_THAN_THREADS = 2;
/** Milliseconds for which the rows under way are waited for when the server stops. */
const PATIENCE_MS = 4_000;

/**
 * Works on every running import until none has rows left, also those that another server was given. Rows that were begun
 * are finished, so it may take longer than its budget by one picture's time. When the server stops, it takes no more rows
 * and lets those being worked on finish for a while; those that do not are given back, and taken up at the next start.
 */
export function importsJob({ patienceMs = PATIENCE_MS } = {}): Job<ImportCounts> {
  return {
    name: 'imports',
    every: LOOK_EVERY_MS,
    async work(signal, budget) {
      const [db, recogniser] = await Promise.all([database(), getRecogniser()]);
      const lookingAtOnce = recogniser.stats().threads + MORE_THAN_THREADS;
      const patience = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const stop = () => {
        timer = setTimeout(() => patience.abort(), patienceMs);
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        const isOver = () => signal.aborted || budget.isOver;
        return await new ImportRun({ db, lookingAtOnce, isOver, signal: patience.signal, whoIsAlike }).run();
      } finally {
        signal.removeEventListener('abort', stop);
        clearTimeout(timer);
      }
    },
  };
}

/** Says that an import has rows to work on. A hint: the server looks by itself too. */
export const wakeImports = (): void => jobRunner().wake('imports');
