import { SingleBar } from 'cli-progress';

export interface Progress {
  /** Sets how much there is in all, where it becomes known late. */
  total(total: number): void;
  /** One more, or several, done. */
  advance(by?: number): void;
  /** Takes the bar away. */
  stop(): void;
}

/**
 * A bar on standard error while long work runs. There is one only where a person watches (standard error is a
 * terminal) and where answers do not go to that same terminal line by line.
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
