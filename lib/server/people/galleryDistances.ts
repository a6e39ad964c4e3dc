import { encodingFromBytes, normalisedDistance } from '@kith/sdk';
import { and, asc, eq, gte, inArray, isNotNull, max, min } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { BIN, BINS, type GalleryDistances } from '@/lib/shared/trust/histogram';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** Number of places in the gallery, and of samples read from each. The work is the same for a gallery of any size. */
const PLACES = 24;
const AT_EACH = 20;
/** Maximum number of people whose samples are compared with each other, and of samples of each. */
const PEOPLE = 150;
const OF_EACH = 8;
/** Maximum number of pairs of different people. */
const IMPOSTOR_PAIRS = 20_000;

interface Sampled {
  id: number;
  personId: number | null;
  encoding: Float32Array;
}

/**
 * Returns histograms of the normalised distances between samples of the same person, and of different people. It reads at
 * most 480 samples from 24 places of the gallery and 8 samples of 150 people, so that it takes the same time for any size.
 * @param random from 0 to 1
 */
export async function galleryDistances(db: Database, random: () => number = Math.random): Promise<GalleryDistances> {
  const sampled = await someSamples(db, random);
  const families = await samplesOfPeople(db, sampled);
  const result: GalleryDistances = { same: emptyHistogram(), different: emptyHistogram() };
  for (const family of families.values()) {
    family.forEach((one, index) => {
      for (const other of family.slice(index + 1)) count(result.same, normalisedDistance(one.encoding, other.encoding));
    });
  }
  const pairs = (sampled.length * (sampled.length - 1)) / 2;
  const every = Math.max(1, Math.ceil(pairs / IMPOSTOR_PAIRS));
  let seen = 0;
  for (const [index, one] of sampled.entries()) {
    for (const other of sampled.slice(index + 1)) {
      if (one.personId === null || other.personId === null || one.personId === other.personId) continue;
      if (seen++ % every === 0) count(result.different, normalisedDistance(one.encoding, other.encoding));
    }
  }
  return result;
}

const columns = { id: samples.id, personId: samples.personId, encoding: samples.encoding };
const comparable = and(eq(samples.model, MODEL_ID), isNotNull(samples.personId));

/** Reads neighbouring samples at places all over the gallery, each found by the primary key. */
async function someSamples(db: Database, random: () => number): Promise<Sampled[]> {
  const [range] = await db.select({ least: min(samples.id), most: max(samples.id) }).from(samples);
  if (!range?.least || !range.most) return [];
  const { least, most } = range;
  const found = new Map<number, Sampled>();
  for (let place = 0; place < PLACES; place++) {
    // The range of ids is split into equal parts, with one place in each. The first place is the first sample.
    const start = least + Math.floor(((most - least) * (place + (place === 0 ? 0 : random()))) / PLACES);
    const rows = await db
      .select(columns)
      .from(samples)
      .where(and(comparable, gte(samples.id, start)))
      .orderBy(asc(samples.id))
      .limit(AT_EACH);
    for (const row of rows) found.set(row.id, { ...row, encoding: encodingFromBytes(row.encoding) });
    // A small gallery is read completely from its first places.
    if (rows.length < AT_EACH) break;
  }
  return [...found.values()];
}

/** Reads several samples of each person in `sampled`. */
async function samplesOfPeople(db: Database, sampled: Sampled[]): Promise<Map<number, Sampled[]>> {
  const people = [...new Set(sampled.flatMap(({ personId }) => personId ?? []))].slice(0, PEOPLE);
  const families = new Map<number, Sampled[]>();
  if (people.length === 0) return families;
  const rows = await db
    .select(columns)
    .from(samples)
    .where(and(comparable, inArray(samples.personId, people)))
    .limit(PEOPLE * OF_EACH);
  for (const row of rows) {
    const family = families.get(row.personId as number) ?? [];
    if (family.length < OF_EACH) family.push({ ...row, encoding: encodingFromBytes(row.encoding) });
    families.set(row.personId as number, family);
  }
  return families;
}

const emptyHistogram = () => ({ pairs: 0, bins: Array.from({ length: BINS }, () => 0) });

function count(histogram: GalleryDistances['same'], value: number): void {
  const bin = Math.min(BINS - 1, Math.floor(value / BIN));
  histogram.bins[bin] = (histogram.bins[bin] ?? 0) + 1;
  histogram.pairs++;
}
