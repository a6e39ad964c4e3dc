import Papa from 'papaparse';

export interface ParsedList {
  columns: string[];
  rows: Record<string, string>[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

/** Reads CSV (with a header; comma, semicolon or tab) or JSON lines. Throws an Error that names the line. */
export function parseList(content: string): ParsedList {
  const trimmed = content.trim();
  if (!trimmed) throw new Error('The list is empty.');
  return trimmed.startsWith('{') ? parseJsonLines(trimmed) : parseCsv(trimmed);
}

function parseJsonLines(content: string): ParsedList {
  const rows = content.split(/\r?\n/).flatMap((line, index) => {
    if (!line.trim()) return [];
    try {
      const { unique_args = {}, ...rest } = JSON.parse(line) as Record<string, unknown> & { unique_args?: object };
      return [
        Object.fromEntries(Object.entries({ ...rest, ...unique_args }).map(([key, value]) => [key, text(value)])),
      ];
    } catch {
      throw new Error(`Line ${index + 1} is not a JSON object.`);
    }
  });
  return { columns: [...new Set(rows.flatMap(Object.keys))], rows };
}

function parseCsv(content: string): ParsedList {
  const parsed = Papa.parse<Record<string, string>>(content, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim(),
  });
  const [broken] = parsed.errors.filter(({ type }) => type === 'Quotes');
  if (broken) throw new Error(`Line ${(broken.row ?? 0) + 2}: ${broken.message}.`);
  if (parsed.data.length === 0) throw new Error('The list has a header and no rows.');
  return { columns: parsed.meta.fields ?? [], rows: parsed.data };
}

/** Returns the column that matches one of the usual spellings. */
export function guessColumn(columns: string[], spellings: string[]): string {
  const plain = (column: string) => column.toLowerCase().replaceAll(/[^a-z]/g, '');
  return columns.find((column) => spellings.includes(plain(column))) ?? '';
}
