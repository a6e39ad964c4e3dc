import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

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
  /** The person on each picture, where known. Photos missing here do not count for rank-1. */
  personOf: Map<string, string>;
}

const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;

/**
 * Reads a folder with `pairs.csv` (`file_x,file_y,Yes|No`), or a folder with one subfolder per person, where every two
 * pictures are a pair.
 * @throws Error when it is neither
 */
export async function readLabelled(folder: string): Promise<Labelled> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'pairs.csv')) return fromPairs(folder);
  const people = entries.filter((entry) => entry.isDirectory());
  if (people.length < 2) throw new Error(`${folder} has neither a pairs.csv nor two folders of people`);
  return fromPeople(
    folder,
    people.map(({ name }) => name),
  );
}

async function fromPeople(folder: string, people: string[]): Promise<Labelled> {
  const personOf = new Map<string, string>();
  for (const person of people.sort()) {
    const files = await readdir(path.join(folder, person));
    for (const file of files.filter((name) => PICTURE.test(name)).sort()) {
      personOf.set(path.join(folder, person, file), person);
    }
  }
  const photos = [...personOf.keys()];
  const pairs = photos.flatMap((a, i) =>
    photos.slice(i + 1).map((b) => ({ a, b, same: personOf.get(a) === personOf.get(b) })),
  );
  return { photos, pairs, personOf };
}

async function fromPairs(folder: string): Promise<Labelled> {
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
