import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Report } from './writeFeed';

const SCRIPT = fileURLToPath(new URL('./writeFeed.ts', import.meta.url));

export interface Writer {
  process: ChildProcess;
  /** What it has reported so far. */
  reports: Report[];
  /** How it ended, once it has and everything it said was read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts `writeFeed.ts` on the database of these settings. `onReport` sees each report as it comes. */
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
