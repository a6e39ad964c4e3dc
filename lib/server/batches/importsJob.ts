import { database } from '@/lib/server/platform/database';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { type ImportCounts, ImportRun } from './ImportRun';
import { whoIsAlike } from './whoIsAlike';

/** Milliseconds between two checks for imports that another server received. */
const LOOK_EVERY_MS = 10_000;
/** Pictures given to the recogniser beyond one per thread, so that no thread waits while a picture is decoded or stored. */
const MORE_THAN_THREADS = 2;
/** Milliseconds that a stopping server waits for the rows in progress. */
const PATIENCE_MS = 4_000;

/**
 * Processes every running import until none has rows left, including imports that another server received. Rows in progress
 * are finished, so that it may exceed its budget by the time of one picture. When the server stops, the job claims no more
 * rows and waits `patienceMs` for those in progress. It gives back the others, which the next start processes.
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

/** Wakes the job because an import has rows. The job also checks by itself. */
export const wakeImports = (): void => jobRunner().wake('imports');
