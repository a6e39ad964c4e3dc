import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { decodeText, TEXT_ENCODINGS, type TextEncoding } from '@/lib/shared/text/decodeText';
import { fileKind } from '@/lib/shared/text/fileKind';
import type { LeftOut } from '@/lib/shared/text/leftOut';
import { guessMapping, type ListMapping, mapList } from '@/lib/shared/text/listMapping';
import { type ParsedList, parseList } from '@/lib/shared/text/parseList';
import { personOfFileName } from '@/lib/shared/text/personOfFileName';
import type { NamesFrom } from '@/lib/shared/text/personsOfPaths';
import { type ChosenFile, planPictures } from '@/lib/shared/text/planPictures';
import { CliError } from '../lib/CliError';
import { sizedFilesOfFolder } from '../lib/listFiles';
import { filesOfZip } from './filesOfZip';

/** One picture to enrol. */
export interface EnrolRow {
  /** An http(s) URL, or the path of a file as displayed. */
  source: string;
  /** The bytes of a file; null for a URL. */
  read: (() => Promise<Uint8Array>) | null;
  attributes: Record<string, string>;
  /** Number in its list. */
  row?: number;
  /** Names of groups that the person is added to. */
  groups?: string[];
}

export interface EnrolPlan {
  rows: EnrolRow[];
  leftOut: LeftOut[];
  /** Messages for the user, one line each: how lists were read, and which rows are left out. */
  notes: string[];
  /** Rows of lists that are left out. */
  badRows: number;
}

export interface PlanOptions {
  /** Attributes for every row. They override those of a list or a path. */
  attributes: Record<string, string>;
  encoding?: TextEncoding | undefined;
  namesFrom?: NamesFrom | undefined;
}

/**
 * Plans an enrolment of URLs, pictures, folders and ZIP files of pictures named by person, and lists. Sends nothing.
 * Several folders are read as one choice.
 * @throws CliError if an argument cannot be used, or nothing is left
 */
export async function planEnrolment(sources: readonly string[], options: PlanOptions): Promise<EnrolPlan> {
  const plan: EnrolPlan = { rows: [], leftOut: [], notes: [], badRows: 0 };
  const folders: string[] = [];
  for (const source of sources) {
    if (/^https?:\/\//i.test(source)) {
      plan.rows.push({ source, read: null, attributes: options.attributes });
      continue;
    }
    const found = await stat(source).catch(() => {
      throw new CliError(`${source}: file or folder not found.`);
    });
    if (found.isDirectory()) folders.push(source);
    else await addFile(plan, source, options);
  }
  await addFolders(plan, folders, options);
  if (sources.length > 1) for (const row of plan.rows) delete row.row;
  return plan;
}

interface Source extends ChosenFile {
  /** Path as displayed. */
  shown: string;
  read: () => Promise<Uint8Array>;
}

async function addFolders(plan: EnrolPlan, folders: readonly string[], options: PlanOptions): Promise<void> {
  const wrapped = folders.length > 1;
  const files: Source[] = [];
  for (const folder of folders) {
    for (const { path, relative, size } of await sizedFilesOfFolder(folder)) {
      const below = wrapped ? `${basename(resolve(folder))}/${relative}` : relative;
      files.push({ path: below, shown: path, size, read: () => readFile(path) });
    }
  }
  addPictures(plan, files, { ...options, wrapped });
}

async function addFile(plan: EnrolPlan, source: string, options: PlanOptions): Promise<void> {
  switch (fileKind(basename(source))) {
    case 'archive':
      addPictures(plan, await filesOfZip(source), { ...options, wrapped: true });
      return;
    case 'list':
      await addList(plan, source, options);
      return;
    case 'other':
    case 'video':
      throw new CliError(`${source} is neither a picture nor a list.`);
    default: {
      // A file given directly is sent, whatever its name. If it is unusable, the server returns the reason.
      const attributes = { user_name: personOfFileName(basename(source)), ...options.attributes };
      plan.rows.push({ source, read: () => readFile(source), attributes });
    }
  }
}

function addPictures(
  plan: EnrolPlan,
  files: readonly Source[],
  { attributes, namesFrom, wrapped }: PlanOptions & { wrapped: boolean },
): void {
  const { pictures, leftOut } = planPictures(files, { wrapped, ...(namesFrom && { namesFrom }) });
  plan.leftOut.push(...leftOut);
  for (const { file, person } of pictures) {
    plan.rows.push({ source: file.shown, read: file.read, attributes: { user_name: person, ...attributes } });
  }
}

async function addList(plan: EnrolPlan, path: string, { attributes, encoding }: PlanOptions): Promise<void> {
  const decoded = decodeText(await readFile(path), encoding);
  if (decoded.guessed) {
    const name = TEXT_ENCODINGS[decoded.encoding];
    plan.notes.push(`${path} is not UTF-8 and was read as ${name}. If names look wrong, say which with --encoding.`);
  }
  const list = listOf(decoded.text, path);
  const mapping = guessMapping(list.columns);
  if (mapping.url === '') throw new CliError(`${path} has no column image_url.`);
  plan.notes.push(`${path}: ${wordsOf(mapping)}`);
  const { rows, leftOut } = mapList(list, mapping);
  for (const { number, reason } of leftOut)
    plan.notes.push(`${path}, row ${number}: left out, because it has ${reason}.`);
  plan.badRows += leftOut.length;
  for (const { number, image_url, unique_args, groups } of rows) {
    const row = { row: number, attributes: { ...unique_args, ...attributes }, groups };
    plan.rows.push({ source: image_url, read: null, ...row });
  }
}

function wordsOf({ url, id, name, surname, groups }: ListMapping): string {
  const parts = [`pictures from “${url}”`];
  if (id) parts.push(`ids from “${id}”`);
  if (name) parts.push(`names from “${name}”${surname ? ` and “${surname}”` : ''}`);
  if (groups) parts.push(`groups from “${groups}”`);
  return `${parts.join(', ')}.`;
}

function listOf(text: string, path: string): ParsedList {
  try {
    return parseList(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CliError(`${path}: ${error.message}`, { cause: error });
  }
}
