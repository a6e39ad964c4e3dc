import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line that a benchmark printed. */
export type Line = Record<string, number | string>;

/** What a benchmark printed when it was run last, as `npm run bench:all` keeps it; null when it has not been run. */
export async function readResults(name: string): Promise<Line[] | null> {
  const text = await readFile(join(import.meta.dirname, '../results', `${name}.jsonl`), 'utf8').catch(() => null);
  return (
    text
      ?.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line) ?? null
  );
}
