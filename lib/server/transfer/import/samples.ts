import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { images, people, samples, tombstones } from '@/db/schema';
import { wordsOfValues } from '@/lib/server/lists/words';
import { personOf } from '@/lib/server/people/personOf';
import { KEPT } from '@/lib/server/people/samples/pictures';
import { LARGEST_KEPT_ID, type RecordOf } from '@/lib/shared/transfer/format';
import { lineError } from '@/lib/shared/transfer/parseLine';
import { groupBy } from '@/lib/shared/util/groupBy';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { utc } from '../export/pages';
import { type ImportStep, instant, newIds, noteChangedId, raiseSequence } from './run';

/** A sample of the file with its line number. */
export type SampleLine = RecordOf<'sample'> & { line: number };

/** Quality of a sample without a picture, which cannot be measured: medium. */
const UNMEASURED = { score: 0.4, size: 0, sharpness: 0, presence: 0, pose: { yaw: 0, pitch: 0, roll: 0 } };
/** Position of a face whose picture is unknown. */
const NOWHERE = { top: 0, left: 0, bottom: 0, right: 0 };

/** A sample that exists here. */
interface Present {
  id: number;
  createdAt: string;
  encoding: Uint8Array;
  imageHash: string | null;
}

/**
 * Imports samples. A sample that came before, from this file or through another server, stays unchanged. A sample that
 * was deleted here since stays deleted. All others are added, with their ids if these are free.
 */
export async function importSamples(step: ImportStep, records: readonly SampleLine[]): Promise<void> {
  const { tx, ids, report } = step;
  const known = await ids.find('sample', records.map(keyOf));
  const faceIds = records.flatMap(({ face_id }) => face_id ?? []);
  const here = await presentSamples(tx, inArray(samples.id, unique([...known.values(), ...faceIds])));
  const dead = await deadAmong(tx, faceIds);
  const twins = await twinsOf(tx, records, known);
  const places = new Map<string, number>();
  const added: SampleLine[] = [];
  const pictures: { faceId: number; record: SampleLine }[] = [];
  for (const record of unique(records, keyOf)) {
    const at = placeOf(step, record, { known: known.get(keyOf(record)), here, dead, twins });
    if (at === 'new') {
      added.push(record);
    } else if (at === 'deleted') {
      report.samples.left_out++;
    } else {
      report.samples.present++;
      places.set(keyOf(record), at.id);
      // The settings did not store these pictures at the first import, but do now.
      if (isSamePicture(at, record)) pictures.push({ faceId: at.id, record });
    }
  }
  const persons = await personsOf(step, added);
  const wanted = added.filter((record) => {
    if (persons.get(record) !== 'deleted') return true;
    report.samples.left_out++;
    return false;
  });
  for (const [record, id] of await addSamples(step, wanted, { persons, here, dead })) {
    places.set(keyOf(record), id);
    pictures.push({ faceId: id, record });
  }
  await keepPictures(step, pictures);
  await ids.remember('sample', places);
}

/** Returns the key of a sample in the file. */
const keyOf = (record: SampleLine): string => record.key ?? String(record.face_id);

const encodingOf = (record: SampleLine): Buffer => Buffer.from(record.face_encoding, 'base64');

const isSamePicture = (present: Present, record: SampleLine): boolean =>
  present.imageHash === (record.image_hash ?? null) && encodingOf(record).equals(present.encoding);

interface Found {
  known: number | undefined;
  here: ReadonlyMap<number, Present>;
  dead: ReadonlySet<number>;
  twins: ReadonlyMap<string, Present[]>;
}

/** Returns where a sample of the file is here, if anywhere. */
function placeOf(
  { own, restoreDeleted }: ImportStep,
  record: SampleLine,
  { known, here, dead, twins }: Found,
): Present | 'new' | 'deleted' {
  const before = known === undefined ? undefined : here.get(known);
  if (before) return before;
  const { face_id: faceId, created_at: createdAt } = record;
  const itself = own && faceId !== undefined ? here.get(faceId) : undefined;
  if (itself && itself.createdAt === createdAt) return itself;
  // The same face enrolled at the same microsecond: the same sample, imported through a third server.
  const twin = twins.get(createdAt ?? '')?.find((each) => encodingOf(record).equals(each.encoding));
  if (twin) return twin;
  if (restoreDeleted) return 'new';
  const wasDeleted = known !== undefined || (own && faceId !== undefined && dead.has(faceId));
  return wasDeleted ? 'deleted' : 'new';
}

async function presentSamples(tx: Database, which: SQL): Promise<Map<number, Present>> {
  const rows = await tx
    .select({
      id: samples.id,
      createdAt: utc(samples.createdAt),
      encoding: samples.encoding,
      imageHash: samples.imageHash,
    })
    .from(samples)
    .where(which);
  return new Map(rows.map((row) => [row.id, row]));
}

async function deadAmong(tx: Database, faceIds: readonly number[]): Promise<Set<number>> {
  const rows = await tx
    .select({ faceId: tombstones.faceId })
    .from(tombstones)
    .where(inArray(tombstones.faceId, unique(faceIds)));
  return new Set(rows.map(({ faceId }) => faceId));
}

/** Returns samples with the same creation time, to the microsecond, as records that were not imported before. */
async function twinsOf(
  tx: Database,
  records: readonly SampleLine[],
  known: ReadonlyMap<string, number>,
): Promise<Map<string, Present[]>> {
  const fresh = records.filter((record) => !known.has(keyOf(record)) && record.created_at !== undefined);
  const instants = unique(fresh.map(({ created_at }) => created_at as string));
  if (instants.length === 0) return new Map();
  // The encodings are compared too, because all samples of one transaction, such as a demo's, have the same time.
  const sameInstant = sql`${samples.createdAt} in (${sql.join(instants.map(instant), sql`, `)})`;
  const among = and(sameInstant, inArray(samples.encoding, fresh.map(encodingOf))) as SQL;
  return groupBy((await presentSamples(tx, among)).values(), ({ createdAt }) => createdAt);
}

/** Returns the person of each sample here: an id, null if unassigned, `deleted` if the person was deleted since. */
async function personsOf(
  step: ImportStep,
  records: readonly SampleLine[],
): Promise<Map<SampleLine, number | null | 'deleted'>> {
  const { tx, ids, numbers } = step;
  const named = records.flatMap(({ person_id }) => person_id ?? []);
  const places = await ids.find('person', named.map(String));
  const candidates = unique([...places.values(), ...(step.own ? named : [])]);
  const alive = new Set(
    (await tx.select({ id: people.id }).from(people).where(inArray(people.id, candidates))).map(({ id }) => id),
  );
  const persons = new Map<SampleLine, number | null | 'deleted'>();
  for (const record of records) {
    const { person_id: named } = record;
    if (named === undefined) {
      const person = await personOf(tx, numbers, { uniqueArgs: record.unique_args });
      persons.set(record, person?.id ?? null);
    } else if (named === null) {
      persons.set(record, null);
    } else {
      const id = places.get(String(named)) ?? (step.own ? named : undefined);
      if (id === undefined) throw lineError(record.line, `person_id ${named} is of nobody in a line before`);
      persons.set(record, alive.has(id) ? id : 'deleted');
    }
  }
  return persons;
}

async function addSamples(
  { tx, numbers, report }: ImportStep,
  records: readonly SampleLine[],
  {
    persons,
    here,
    dead,
  }: {
    persons: ReadonlyMap<SampleLine, number | null | 'deleted'>;
    here: ReadonlyMap<number, Present>;
    dead: ReadonlySet<number>;
  },
): Promise<Map<SampleLine, number>> {
  if (records.length === 0) return new Map();
  const isFree = (faceId: number | undefined): faceId is number =>
    faceId !== undefined && faceId <= LARGEST_KEPT_ID && !here.has(faceId) && !dead.has(faceId);
  const fresh = await newIds(tx, 'sample', records.filter(({ face_id }) => !isFree(face_id)).length);
  // Taken last, because naming a person gave their samples new numbers too.
  const updatedAt = numbers.take(records.length);
  const places = new Map<SampleLine, number>();
  const rows = records.map((record, index) => {
    const id = isFree(record.face_id) ? record.face_id : (fresh.shift() as number);
    if (record.face_id !== undefined) noteChangedId(report, 'sample', record.face_id, id);
    places.set(record, id);
    const personId = persons.get(record);
    if (record.model !== MODEL_ID) report.other_model++;
    return {
      id,
      personId: typeof personId === 'number' ? personId : null,
      encoding: encodingOf(record),
      model: record.model,
      uniqueArgs: record.unique_args,
      words: wordsOfValues(record.unique_args),
      position: record.position ?? NOWHERE,
      quality: record.quality ?? UNMEASURED,
      sourceUrl: record.source_url ?? null,
      imageHash: record.image_hash ?? null,
      updatedAt: updatedAt[index] as number,
      ...(record.created_at !== undefined && { createdAt: instant(record.created_at) }),
    };
  });
  await tx.insert(samples).overridingSystemValue().values(rows);
  await raiseSequence(tx, 'sample', Math.max(...rows.map(({ id }) => id)));
  report.samples.added += records.length;
  return places;
}

/** Stores the pictures that the settings allow and that are not here yet. */
async function keepPictures(
  { tx, storeImages, report }: ImportStep,
  samplesWithPictures: readonly { faceId: number; record: SampleLine }[],
): Promise<void> {
  const all = samplesWithPictures.flatMap(({ faceId, record }) =>
    record.pictures.map(({ kind, mime, data }) => ({
      sampleId: faceId,
      kind,
      mime,
      bytes: Buffer.from(data, 'base64'),
    })),
  );
  const kept = all.filter(({ kind }) => KEPT[storeImages].includes(kind));
  report.pictures.left_out += all.length - kept.length;
  if (kept.length === 0) return;
  const added = await tx.insert(images).values(kept).onConflictDoNothing().returning({ sampleId: images.sampleId });
  report.pictures.added += added.length;
  report.pictures.present += kept.length - added.length;
}

function unique<Value>(values: readonly Value[], keyOf: (value: Value) => unknown = (value) => value): Value[] {
  return [...new Map(values.toReversed().map((value) => [keyOf(value), value])).values()].reverse();
}
