import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import Papa from 'papaparse';
import { personOfPath } from '@/lib/shared/contract/personOfPath';
import { CliError } from '../lib/CliError';

/** One picture to enrol. */
export interface EnrolRow {
  /** An http(s) URL, or the path of a file. */
  source: string;
  isFile: boolean;
  attributes: Record<string, string>;
}

const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;
const LIST = /\.(csv|jsonl|ndjson)$/i;

/**
 * Returns the pictures of an argument: a URL, a picture, a folder of pictures named by person
 * (`Ada Lovelace/1.jpg` or `Ada Lovelace.jpg`), or a list (CSV with a header, or JSON lines) with a column `image_url`.
 * Throws CliError.
 */
export async function rowsOf(source: string, attributes: Record<string, string>): Promise<EnrolRow[]> {
  if (/^https?:\/\//i.test(source)) return [{ source, isFile: false, attributes }];
  const found = await stat(source).catch(() => {
    throw new CliError(`${source}: file or folder not found.`);
  });
  if (found.isDirectory()) return rowsOfFolder(source, attributes);
  if (LIST.test(source)) return rowsOfList(source, attributes);
  if (!PICTURE.test(source)) throw new CliError(`${source} is neither a picture nor a list`);
  return [
    {
      source,
      isFile: true,
      attributes: { user_name: personOfPath(source.split(sep).at(-1) ?? source), ...attributes },
    },
  ];
}

async function rowsOfFolder(folder: string, attributes: Record<string, string>): Promise<EnrolRow[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && PICTURE.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  if (paths.length === 0) throw new CliError(`${folder}: no pictures found.`);
  return paths.map((source) => {
    const user_name = personOfPath(relative(folder, source).split(sep).join('/'));
    return { source, isFile: true, attributes: { user_name, ...attributes } };
  });
}

async function rowsOfList(path: string, attributes: Record<string, string>): Promise<EnrolRow[]> {
  const text = await readFile(path, 'utf8');
  const rows = extname(path).toLowerCase() === '.csv' ? csvRows(text, path) : jsonRows(text, path);
  return rows.map(({ image_url: source = '', ...more }, index) => {
    if (source.trim() === '') throw new CliError(`${path}, row ${index + 1}: image_url is missing.`);
    const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== ''));
    return { source: source.trim(), isFile: false, attributes: { ...given, ...attributes } };
  });
}

function csvRows(text: string, path: string): Record<string, string>[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => (header.trim() === 'image-url' ? 'image_url' : header.trim()),
  });
  if (!meta.fields?.includes('image_url')) throw new CliError(`${path} has no column image_url.`);
  return data;
}

function jsonRows(text: string, path: string): Record<string, string>[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const { unique_args = {}, ...rest } = JSON.parse(line) as Record<string, unknown> & { unique_args?: object };
      const values = Object.entries({ ...rest, ...unique_args });
      return [
        Object.fromEntries(
          values.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
        ),
      ];
    } catch {
      throw new CliError(`${path}, line ${index + 1} is not a JSON object.`);
    }
  });
}
