import { SingleBar } from 'cli-progress';

export interface Progress {
  /** Sets the total, if it is known late. */
  total(total: number): void;
  /** Advances the bar. */
  advance(by?: number): void;
  /** Removes the bar. */
  stop(): void;
}

/**
 * Shows a progress bar on standard error, if standard error is a terminal and results are not printed to the same
 * terminal line by line.
 */
export function startProgress({ total, unit }: { total: number; unit: string }): Progress {
  if (!process.stderr.isTTY || process.stdout.isTTY) {
    return { total: () => {}, advance: () => {}, stop: () => {} };
  }
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${unit} · {eta_formatted} left`,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0);
  return { total: (value) => bar.setTotal(value), advance: (by = 1) => bar.increment(by), stop: () => bar.stop() };
}
