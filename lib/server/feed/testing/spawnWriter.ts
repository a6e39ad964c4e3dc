import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Report } from './writeFeed';

const SCRIPT = fileURLToPath(new URL('./writeFeed.ts', import.meta.url));

export interface Writer {
  process: ChildProcess;
  /** Its reports so far. */
  reports: Report[];
  /** Resolves with its exit status once it has exited and all its output was read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts `writeFeed.ts` on the database of these settings. `onReport` is called with each report. */
export function spawnWriter(
  { env, writers, writes }: { env: Record<string, string>; writers: string[]; writes: number },
  onReport: (report: Report) => void = () => {},
): Writer {
  const args = ['--import', 'tsx', SCRIPT, '--writers', writers.join(), '--writes', String(writes)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const reports: Report[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const report: Report = JSON.parse(line);
    reports.push(report);
    onReport(report);
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code, signal]]) => ({ code, signal }));
  return { process: child, reports, ended };
}
