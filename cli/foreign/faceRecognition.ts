import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { ENCODING_LENGTH } from '@kith/sdk';
import Papa from 'papaparse';
import { z } from 'zod';
import { CliError } from '../lib/CliError';
import type { NamedEncoding } from './kithFile';
import { NpyError, readNpy } from './npy';

/** Instructions for converting a pickle. Kith does not read pickles, because reading one runs code from the file. */
const CONVERT =
  "is a pickle, which is not read because reading one can run code. In Python: import json, pickle; d = pickle.load(open('FILE', 'rb')); " +
  "json.dump({'names': list(d['names']), 'encodings': [list(map(float, e)) for e in d['encodings']]}, open('faces.json', 'w'))";

const numbers = z.array(z.number());
const shapes = z.union([
  // {"names": […], "encodings": [[…], …]}
  z.object({ names: z.array(z.string()), encodings: z.array(numbers) }),
  // [{"name": …, "encoding": […]}, …]
  z.array(
    z
      .object({ name: z.string(), encoding: numbers.optional(), face_encoding: numbers.optional() })
      .transform(({ name, encoding, face_encoding }) => ({ name, encoding: encoding ?? face_encoding ?? [] })),
  ),
  // {"Ada": […]} or {"Ada": [[…], […]]}
  z.record(z.string(), z.union([numbers, z.array(numbers)])),
]);

/**
 * Reads encodings made by Python's `face_recognition`, with names: JSON in its usual shapes, CSV with a name and 128
 * numbers per line, or `.npy` with names in a separate file. Throws CliError with the problem and its position.
 * @param namesFile names for a `.npy` file; default: `names.txt`, `.json` or `.npy` beside it, or its own name
 */
export async function readEncodings(file: string, namesFile?: string): Promise<NamedEncoding[]> {
  const found = await readFormat(file, namesFile);
  if (found.length === 0) throw new CliError(`${file} has no encodings.`);
  return found.map(({ name, encoding }, index) => {
    const where = `${file}, encoding ${index + 1}`;
    if (name.trim() === '' || name.length > 200)
      throw new CliError(`${where}: the name must have 1 to 200 characters.`);
    if (encoding.length !== ENCODING_LENGTH) {
      throw new CliError(`${where} (${name}): has ${encoding.length} numbers, not ${ENCODING_LENGTH}.`);
    }
    if (!encoding.every(Number.isFinite)) throw new CliError(`${where} (${name}): one of its numbers is not finite.`);
    return { name: name.trim(), encoding: Float32Array.from(encoding) };
  });
}

type Found = { name: string; encoding: number[] }[];

async function readFormat(file: string, namesFile: string | undefined): Promise<Found> {
  const bytes = await readFile(file);
  switch (extname(file).toLowerCase()) {
    case '.json':
      return fromJson(bytes.toString('utf8'), file);
    case '.csv':
      return fromCsv(bytes.toString('utf8'), file);
    case '.npy':
      return fromNpy(bytes, file, namesFile);
    case '.pkl':
    case '.pickle':
    case '.dat':
      throw new CliError(`${file} ${CONVERT}`);
    default:
      throw new CliError(`${file}: the file must be .json, .csv or .npy.`);
  }
}

function fromJson(text: string, file: string): Found {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`${file} is not valid JSON.`);
  }
  const { data } = shapes.safeParse(value);
  if (data === undefined)
    throw new CliError(`${file}: unknown format. docs/from-face_recognition.md lists the formats.`);
  if (Array.isArray(data)) return data;
  if (isLists(data)) {
    const { names, encodings } = data;
    if (names.length !== encodings.length) {
      throw new CliError(`${file} has ${names.length} names and ${encodings.length} encodings.`);
    }
    return names.map((name, index) => ({ name, encoding: encodings[index] ?? [] }));
  }
  return Object.entries(data).flatMap(([name, given]) =>
    (isOne(given) ? [given] : given).map((encoding) => ({ name, encoding })),
  );
}

const isLists = (data: object): data is { names: string[]; encodings: number[][] } =>
  'names' in data && 'encodings' in data && Array.isArray(data.names) && typeof data.names[0] !== 'number';

const isOne = (given: number[] | number[][]): given is number[] => typeof given[0] === 'number';

function fromCsv(text: string, file: string): Found {
  const { data } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: true });
  return data.flatMap((cells, row) => {
    const name = cells.find((cell) => cell.trim() !== '' && Number.isNaN(Number(cell))) ?? '';
    const numbers = cells.filter((cell) => cell !== name);
    // A header has names of columns.
    if (row === 0 && numbers.some((cell) => Number.isNaN(Number(cell)))) return [];
    if (numbers.some((cell) => cell.trim() === ''))
      throw new CliError(`${file}, line ${row + 1}: a number is missing.`);
    return [{ name, encoding: numbers.map(Number) }];
  });
}

async function fromNpy(bytes: Buffer, file: string, namesFile: string | undefined): Promise<Found> {
  const { shape, values } = npy(bytes, file);
  const flat = values as number[];
  if (shape.at(-1) !== ENCODING_LENGTH || shape.length > 2 || typeof flat[0] === 'string') {
    throw new CliError(`${file} has the shape (${shape.join(', ')}), not (128,) or (N, 128).`);
  }
  const rows = shape.length === 1 ? 1 : (shape[0] ?? 0);
  const names = await namesOf(file, namesFile, rows);
  return names.map((name, row) => ({ name, encoding: flat.slice(row * ENCODING_LENGTH, (row + 1) * ENCODING_LENGTH) }));
}

function npy(bytes: Buffer, file: string) {
  try {
    return readNpy(bytes);
  } catch (error) {
    if (error instanceof NpyError) throw new CliError(`${file} ${error.message}`);
    throw error;
  }
}

async function namesOf(file: string, given: string | undefined, rows: number): Promise<string[]> {
  const beside = ['names.txt', 'names.json', 'names.npy'].map((name) => join(dirname(file), name)).find(existsSync);
  const own = basename(file, extname(file));
  if (given === undefined && (rows === 1 || beside === undefined)) {
    if (rows === 1) return [own];
    throw new CliError(`${file} has no names. Give --names, or put names.txt into the same folder.`);
  }
  const source = given ?? (beside as string);
  const bytes = await readFile(source).catch(() => {
    throw new CliError(`${source}: file not found.`);
  });
  const names = namesIn(source, bytes);
  if (names.length !== rows) throw new CliError(`${source} has ${names.length} names, and ${file} ${rows} encodings.`);
  return names;
}

function namesIn(source: string, bytes: Buffer): string[] {
  const extension = extname(source).toLowerCase();
  if (extension === '.npy') return npy(bytes, source).values.map(String);
  if (extension !== '.json')
    return bytes
      .toString('utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.trim());
  const { data } = z.array(z.string()).safeParse(JSON.parse(bytes.toString('utf8')));
  if (data === undefined) throw new CliError(`${source} is not a list of names.`);
  return data;
}
