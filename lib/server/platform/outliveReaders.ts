import { processWide } from './processWide';

/**
 * Keeps the process running and stoppable when the reader of its output is gone, for example because the parent was
 * killed. Each line then fails with EPIPE. Without this, nobody catches that error, Next prints uncaught errors, and
 * printing fails again: for ever, before any timer or signal is handled.
 */
export function outliveReaders(): void {
  processWide('outliveReaders', () => {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    return true;
  });
}
