import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';

/** Files with labels next to the pictures. The first one that exists is used. */
const FILES = ['groups.csv', 'labels.csv'];

/** The groups of each picture or person, such as `age 20-29`. */
export type Groups = Map<string, string[]>;

/**
 * Reads the groups of a folder from a CSV. Its first column names a picture (path in the folder) or a person (a
 * subfolder). Its other columns are labels. Returns null if there is no such file.
 */
export async function readGroups(folder: string): Promise<Groups | null> {
  for (const name of FILES) {
    const text = await readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text !== null) return parse(text);
  }
  return null;
}

function parse(text: string): Groups {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
  const [header = [], ...rows] = data.map((row) => row.map((cell) => cell.trim()));
  return new Map(
    rows.map(([key = '', ...labels]) => [
      key,
      labels.flatMap((label, i) => (label ? [`${header[i + 1] ?? 'group'} ${label}`] : [])),
    ]),
  );
}
