import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work with a private folder that is removed afterwards, also if a signal ends the process. Folders of processes
 * killed with -9 are removed by the next call.
 * @param name prefix of the folder's name
 */
export async function withTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  await removeAbandoned(name);
  const folder = await mkdtemp(join(tmpdir(), `${name}-${process.pid}-`));
  const onSignal = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    return await work(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(name: string): Promise<void> {
  for (const found of await readdir(tmpdir())) {
    const pid = found.startsWith(`${name}-`) ? Number.parseInt(found.slice(name.length + 1), 10) : Number.NaN;
    // Folders of other users stay: removing them fails.
    if (Number.isInteger(pid) && pid > 0 && !runs(pid)) {
      await rm(join(tmpdir(), found), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
