import Papa from 'papaparse/papaparse.js';
import { counted } from './counted';
import { foldName } from './foldName';
import { withoutApostrophe } from './formulaCell';
import { isReport } from './reportColumns';

/** A row of a list. */
export interface ListRow {
  /** Row number as in a spreadsheet, including the header; for JSON lines the line number. */
  number: number;
  /** Values as text. Missing, empty or null values have no entry in JSON lines, and are empty in CSV. */
  cells: Record<string, string>;
  /** Why the row cannot be read, in a few words; null if it can. */
  problem: string | null;
}

/** A list of pictures to enrol, unchanged. The reader decides what its columns mean. */
export interface ParsedList {
  columns: string[];
  rows: ListRow[];
}

/**
 * Reads CSV or JSON lines, detected by the first character. CSV needs a header. Its separator is a comma, semicolon,
 * tab or bar, or the one in a first line `sep=`. Fields of `unique_args` become columns, so that the report of an
 * import can be imported again.
 * @throws Error with the line number
 */
export function parseList(content: string): ParsedList {
  const text = content.replace(/^\uFEFF/, '');
  const start = text.trimStart();
  if (!start) throw new Error('The list is empty.');
  return start.startsWith('{') ? parseJsonLines(text) : parseCsv(text);
}

function parseJsonLines(content: string): ParsedList {
  const rows = content.split(/\r?\n/).flatMap((line, index): ListRow[] => {
    if (!line.trim()) return [];
    return [{ number: index + 1, cells: flat(parseObject(line, index + 1)), problem: null }];
  });
  return { columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))], rows };
}

/** Returns the values of an object as text, including those of `unique_args`. */
function flat({ unique_args = {}, ...rest }: Record<string, unknown>): Record<string, string> {
  const more = typeof unique_args === 'object' && unique_args !== null ? unique_args : {};
  const values = Object.entries({ ...rest, ...more });
  return Object.fromEntries(values.flatMap(([name, value]) => (value == null ? [] : [[name, textOf(value)]])));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

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

/** The line from which Excel reads the separator. Excel shows no row for it. */
const SEPARATOR_LINE = /^\s*"?sep=(.)"?[ \t]*(\r\n|\r|\n|$)/i;

function parseCsv(content: string): ParsedList {
  const [line = '', delimiter] = SEPARATOR_LINE.exec(content) ?? [];
  const { data, errors } = Papa.parse(content.slice(line.length), {
    skipEmptyLines: false,
    delimiter: delimiter ?? delimiterOf(content),
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new Error(`Line ${(broken.row ?? 0) + 1}: ${broken.message}.`);
  const records = data.flatMap((cells, index) =>
    cells.some((cell) => cell.trim()) ? [{ cells, number: index + 1 }] : [],
  );
  const [header, ...others] = records;
  if (!header || others.length === 0) throw new Error('The list has a header and no rows.');
  const columns = columnsOf(header.cells, others);
  const list = { columns, rows: others.map(({ cells, number }) => rowOf(cells, number, columns)) };
  return isReport(columns) ? contentsOfReport(list) : list;
}

/** Returns the most frequent separator in the header, outside quotes; a comma if there is none. */
function delimiterOf(content: string): string {
  const [header = ''] = /\S[^\r\n]*/.exec(content) ?? [];
  const unquoted = header.split('"').filter((_, part) => part % 2 === 0);
  const counts = [',', ';', '\t', '|'].map((delimiter): [string, number] => [
    delimiter,
    unquoted.reduce((sum, part) => sum + part.split(delimiter).length - 1, 0),
  ]);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

/** Returns unique names of columns: the second `note` is `note 2`. Empty columns at the end are dropped. */
function columnsOf(header: readonly string[], records: readonly { cells: string[] }[]): string[] {
  const isUsed = (column: number) => records.some(({ cells }) => (cells[column] ?? '').trim() !== '');
  let { length } = header;
  while (length > 1 && header[length - 1]?.trim() === '' && !isUsed(length - 1)) length--;
  const seen = new Map<string, number>();
  return header.slice(0, length).map((cell, index) => {
    const name = foldName(cell) || `column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}

function rowOf(cells: readonly string[], number: number, columns: readonly string[]): ListRow {
  const extra = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  const isOdd = extra || cells.length < columns.length;
  const problem = isOdd ? `${counted(cells.length, 'cell')}, and the header has ${columns.length}` : null;
  return { number, problem, cells: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) };
}

/** Returns the input of an import from its report, in columns with known meanings: URL, groups and attributes. */
function contentsOfReport({ rows }: ParsedList): ParsedList {
  const given = rows.map(({ cells, number, problem }): ListRow => {
    const image_url = withoutApostrophe(cells.image_url ?? '');
    const groups = withoutApostrophe(cells.groups ?? '');
    const bad = (reason: string): ListRow => ({ number, problem: reason, cells: { image_url } });
    if (problem !== null) return bad(problem);
    let attributes: Record<string, string>;
    try {
      attributes = flat({ unique_args: parseObject(cells.unique_args || '{}', number) });
    } catch {
      return bad('unique_args is not a JSON object');
    }
    const clash = ['image_url', 'groups'].find((name) => Object.hasOwn(attributes, name));
    if (clash !== undefined) return bad(`an attribute with the name of the column ${clash}`);
    return { number, problem, cells: { image_url, ...attributes, ...(groups && { groups }) } };
  });
  const own = ['image_url', 'user_id', 'user_name', 'groups'];
  return { columns: [...new Set([...own, ...given.flatMap(({ cells }) => Object.keys(cells))])], rows: given };
}
