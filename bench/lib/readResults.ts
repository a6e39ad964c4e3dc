import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of a benchmark's output. */
export type Line = Record<string, number | string>;

/** Returns the output of a benchmark's last run, as stored by `npm run bench:all`; null if there is none. */
export async function readResults(name: string): Promise<Line[] | null> {
  const text = await readFile(join(import.meta.dirname, '../results', `${name}.jsonl`), 'utf8').catch(() => null);
  return (
    text
      ?.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line) ?? null
  );
}
