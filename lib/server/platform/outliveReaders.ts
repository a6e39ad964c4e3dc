import { processWide } from './processWide';

/**
 * Goes on, and can still be stopped, when whoever read the output is gone, as when the process that started this one was
 * killed. Each line then fails with EPIPE. Nobody would catch that error, Next prints what nobody caught, and printing
 * fails again: for ever, before any timer or signal has its turn.
 */
export function outliveReaders(): void {
  processWide('outliveReaders', () => {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    return true;
  });
}
