import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { personOfPath } from '@/lib/shared/contract/personOfPath';
import { GROUP_COLUMN, groupsOfCell } from '@/lib/shared/text/groupColumn';
import { guessColumn, type ParsedList, parseList, URL_COLUMN } from '@/lib/shared/text/parseList';
import { CliError } from '../lib/CliError';

/** One picture to enrol. */
export interface EnrolRow {
  /** An http(s) URL, or the path of a file. */
  source: string;
  isFile: boolean;
  attributes: Record<string, string>;
  /** Names of groups that the person is added to. */
  groups?: string[];
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
  const { columns, rows } = listOf(await readFile(path, 'utf8'), path);
  const column = columns.includes('image_url') ? 'image_url' : guessColumn(columns, URL_COLUMN);
  if (column === '') throw new CliError(`${path} has no column image_url.`);
  const groupColumn = guessColumn(columns, GROUP_COLUMN);
  return rows.map(({ [column]: source = '', [groupColumn]: groups = '', ...more }, index) => {
    if (source.trim() === '') throw new CliError(`${path}, row ${index + 1}: ${column} is missing.`);
    const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== ''));
    return {
      source: source.trim(),
      isFile: false,
      attributes: { ...given, ...attributes },
      groups: groupsOfCell(groups),
    };
  });
}

function listOf(text: string, path: string): ParsedList {
  try {
    return parseList(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CliError(`${path}: ${error.message}`, { cause: error });
  }
}
