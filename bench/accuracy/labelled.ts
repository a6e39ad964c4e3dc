import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Groups, readGroups } from './readGroups';

/** Two pictures and whether they show the same person. */
export interface LabelledPair {
  a: string;
  b: string;
  same: boolean;
}

/** A labelled data set. */
export interface Labelled {
  /** Paths of the pictures. */
  photos: string[];
  pairs: LabelledPair[];
  /** The person on each picture, if known. Photos that are missing here are excluded from rank-1. */
  personOf: Map<string, string>;
  /** The groups of each picture; empty if there is no `groups.csv`. */
  groupsOf: Map<string, string[]>;
}

const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;

/**
 * Reads a labelled folder. It has a `pairs.csv` (`file_x,file_y,Yes|No`), one subfolder per person, or a `groups.csv`
 * with one picture per person. With subfolders, every two pictures are a pair. With a `groups.csv` only, all people are
 * strangers. A `groups.csv` (or `labels.csv`) may be next to the others too; see {@link readGroups} for its format.
 * @throws Error if it is none of these
 */
export async function readLabelled(folder: string): Promise<Labelled> {
  const entries = await readdir(folder, { withFileTypes: true });
  const groups = await readGroups(folder);
  const labelled = await readPictures(folder, entries, groups);
  return { ...labelled, groupsOf: groups ? groupsOfPhotos(folder, labelled.photos, groups) : new Map() };
}

type Pictures = Omit<Labelled, 'groupsOf'>;

async function readPictures(folder: string, entries: Dirent[], groups: Groups | null): Promise<Pictures> {
  if (entries.some(({ name }) => name === 'pairs.csv')) return fromPairs(folder);
  const people = entries.filter((entry) => entry.isDirectory());
  if (people.length >= 2) {
    return fromPeople(
      folder,
      people.map(({ name }) => name),
    );
  }
  if (!groups) throw new Error(`${folder} has no pairs.csv, no groups.csv, and not two folders of people`);
  const pictures = entries.map(({ name }) => name).filter((name) => PICTURE.test(name));
  return withAllPairs(new Map(pictures.sort().map((name) => [path.join(folder, name), name])));
}

function groupsOfPhotos(folder: string, photos: string[], groups: Groups): Map<string, string[]> {
  return new Map(
    photos.map((photo) => {
      const name = path.relative(folder, photo);
      return [photo, groups.get(name) ?? groups.get(path.dirname(name)) ?? []];
    }),
  );
}

async function fromPeople(folder: string, people: string[]): Promise<Pictures> {
  const personOf = new Map<string, string>();
  for (const person of people.sort()) {
    const files = await readdir(path.join(folder, person));
    for (const file of files.filter((name) => PICTURE.test(name)).sort()) {
      personOf.set(path.join(folder, person, file), person);
    }
  }
  return withAllPairs(personOf);
}

function withAllPairs(personOf: Map<string, string>): Pictures {
  const photos = [...personOf.keys()];
  const pairs = photos.flatMap((a, i) =>
    photos.slice(i + 1).map((b) => ({ a, b, same: personOf.get(a) === personOf.get(b) })),
  );
  return { photos, pairs, personOf };
}

async function fromPairs(folder: string): Promise<Pictures> {
  const lines = (await readFile(path.join(folder, 'pairs.csv'), 'utf8')).split(/\r?\n/).slice(1).filter(Boolean);
  const pairs = lines.map((line) => {
    const [a = '', b = '', decision = ''] = line.split(',').map((cell) => cell.trim());
    return { a: path.join(folder, a), b: path.join(folder, b), same: /^(yes|true|1)$/i.test(decision) };
  });
  const photos = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  return { photos, pairs, personOf: groupByPairs(pairs) };
}

/**
 * Groups photos by person: photos connected by "same" pairs show one person. Photos without such a pair are left out.
 */
function groupByPairs(pairs: LabelledPair[]): Map<string, string> {
  const personOf = new Map<string, string>();
  for (const { a, b } of pairs.filter(({ same }) => same)) {
    const kept = personOf.get(a) ?? personOf.get(b) ?? a;
    const joined = new Set([personOf.get(a), personOf.get(b)]);
    for (const [photo, person] of personOf) if (joined.has(person)) personOf.set(photo, kept);
    personOf.set(a, kept).set(b, kept);
  }
  return personOf;
}
