import Papa from 'papaparse/papaparse.js';

/** A list of pictures to enrol as it was written: what its columns mean is for the reader to say. */
export interface ParsedList {
  columns: string[];
  /** Values as text; what is missing, empty or null has no entry in JSON lines and is empty in CSV. */
  rows: Record<string, string>[];
}

/**
 * Reads CSV (with a header; comma, semicolon or tab) or JSON lines, told apart by the first character. `unique_args` of
 * JSON lines are laid flat.
 * @throws Error that names the line
 */
export function parseList(content: string): ParsedList {
  const trimmed = content.trim();
  if (!trimmed) throw new Error('The list is empty.');
  return trimmed.startsWith('{') ? parseJsonLines(trimmed) : parseCsv(trimmed);
}

function parseJsonLines(content: string): ParsedList {
  const rows = content.split(/\r?\n/).flatMap((line, index) => {
    if (!line.trim()) return [];
    const { unique_args = {}, ...rest } = parseObject(line, index + 1);
    const values = Object.entries({ ...rest, ...(unique_args as object) });
    return [Object.fromEntries(values.flatMap(([name, value]) => (value == null ? [] : [[name, text(value)]])))];
  });
  return { columns: [...new Set(rows.flatMap(Object.keys))], rows };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parseObject(line: string, number: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Error(`Line ${number} is not a JSON object.`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Line ${number} is not a JSON object.`);
  }
  return value as Record<string, unknown>;
}

function parseCsv(content: string): ParsedList {
  const parsed = Papa.parse<Record<string, string>>(content, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim(),
  });
  const [broken] = parsed.errors.filter(({ type }) => type === 'Quotes');
  if (broken) throw new Error(`Line ${(broken.row ?? 0) + 1}: ${broken.message}.`);
  if (parsed.data.length === 0) throw new Error('The list has a header and no rows.');
  return { columns: parsed.meta.fields ?? [], rows: parsed.data };
}

/** The column that looks like `name`, in the spellings people use; empty where there is none. */
export function guessColumn(columns: readonly string[], spellings: readonly string[]): string {
  const plain = (column: string) => column.toLowerCase().replaceAll(/[^a-z]/g, '');
  return columns.find((column) => spellings.includes(plain(column))) ?? '';
}

/** Spellings of the column with addresses of pictures. */
export const URL_COLUMN = ['imageurl', 'url', 'image', 'photo', 'photourl', 'picture'];
