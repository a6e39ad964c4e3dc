import { eq, inArray } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database } from '@/db/client';
import { distinctPeople, people, personAliases } from '@/db/schema';
import { joinGroupsNamed } from '@/lib/server/people/groups/joinGroupsNamed';
import { wordsOfPerson } from '@/lib/server/people/personOf';
import { renumberSamples } from '@/lib/server/people/renumberSamples';
import { LARGEST_KEPT_ID, type RecordOf } from '@/lib/shared/transfer/format';
import { utc } from '../export/pages';
import { givenIds, type ImportStep, instant, instantOrNull, newIds, noteChangedId, raiseSequence } from './run';

type PersonRecord = RecordOf<'person'>;

/**
 * Imports people. A person who was imported before stays unchanged. A person whose `user_id` exists here is that
 * person: existing fields stay, and missing ones are taken from the file. All others are added, with their ids if these
 * are free.
 */
export async function importPeople(step: ImportStep, records: readonly PersonRecord[]): Promise<void> {
  const { tx, ids, report } = step;
  const known = await ids.find('person', records.map(keyOf));
  const wanted = [...known.values(), ...records.map((record) => record.person_id)];
  const here = await peopleById(tx, wanted);
  const byExternalId = await peopleByExternalId(tx, records);
  const wasGiven = await givenIds(tx, 'person');
  const places = new Map<string, number>();
  const added: PersonRecord[] = [];
  const joining: { personId: number; names: string[] }[] = [];
  for (const record of records) {
    const at = placeOf(step, record, { known: known.get(keyOf(record)), here, byExternalId, wasGiven });
    if (at === 'new') {
      added.push(record);
    } else if (at === 'deleted') {
      report.people.left_out++;
    } else {
      report.people.present++;
      places.set(keyOf(record), at.id);
      if (at.cameBefore) continue;
      await fillGaps(step, at.id, record);
      joining.push({ personId: at.id, names: record.groups });
    }
  }
  for (const [key, id] of await addPeople(step, added, here)) places.set(key, id);
  joining.push(...added.map((record) => ({ personId: places.get(keyOf(record)) as number, names: record.groups })));
  await joinGroupsNamed(step.tx, step.numbers, joining, { noted: false });
  await ids.remember('person', places);
}

/** Imports pairs of people who were marked as different. Skips people who were deleted or merged here. */
export async function importDistinct({ tx, ids }: ImportStep, records: readonly RecordOf<'distinct'>[]): Promise<void> {
  const places = await ids.find(
    'person',
    records.flatMap(({ person_id, other_person_id }) => [String(person_id), String(other_person_id)]),
  );
  const alive = await peopleById(tx, [...places.values()]);
  const rows = records.flatMap(({ person_id, other_person_id, created_at }) => {
    const pair = [places.get(String(person_id)) ?? 0, places.get(String(other_person_id)) ?? 0].sort((a, b) => a - b);
    const [personId = 0, otherPersonId = 0] = pair;
    if (personId === otherPersonId || !alive.has(personId) || !alive.has(otherPersonId)) return [];
    return [{ personId, otherPersonId, createdAt: instant(created_at) }];
  });
  if (rows.length > 0) await tx.insert(distinctPeople).values(rows).onConflictDoNothing();
}

const keyOf = (record: PersonRecord): string => String(record.person_id);

/** Returns where a person of the file is here, if anywhere. */
function placeOf(
  { own, restoreDeleted }: ImportStep,
  record: PersonRecord,
  found: {
    known: number | undefined;
    here: ReadonlyMap<number, string>;
    byExternalId: ReadonlyMap<string, number>;
    wasGiven: (id: number) => boolean;
  },
): { id: number; cameBefore: boolean } | 'new' | 'deleted' {
  const { known, here, byExternalId, wasGiven } = found;
  if (known !== undefined && here.has(known)) return { id: known, cameBefore: true };
  if (own && here.get(record.person_id) === record.created_at) return { id: record.person_id, cameBefore: true };
  for (const externalId of [record.user_id, ...record.aliases]) {
    const id = externalId === null ? undefined : byExternalId.get(externalId);
    if (id !== undefined) return { id, cameBefore: known !== undefined };
  }
  if (restoreDeleted) return 'new';
  return known !== undefined || (own && wasGiven(record.person_id)) ? 'deleted' : 'new';
}

/** Returns those of the people that exist, with their creation times. */
async function peopleById(tx: Database, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx
    .select({ id: people.id, createdAt: utc(people.createdAt) })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, createdAt }) => [id, createdAt]));
}

/** Returns people here by the external ids in the records. */
async function peopleByExternalId(tx: Database, records: readonly PersonRecord[]): Promise<Map<string, number>> {
  const externalIds = records.flatMap(({ user_id, aliases }) => (user_id === null ? aliases : [user_id, ...aliases]));
  if (externalIds.length === 0) return new Map();
  const own = await tx
    .select({ externalId: people.externalId, id: people.id })
    .from(people)
    .where(inArray(people.externalId, externalIds));
  const further = await tx
    .select({ externalId: personAliases.externalId, id: personAliases.personId })
    .from(personAliases)
    .where(inArray(personAliases.externalId, externalIds));
  return new Map([...further, ...own].flatMap(({ externalId, id }) => (externalId === null ? [] : [[externalId, id]])));
}

async function addPeople(
  step: ImportStep,
  records: readonly PersonRecord[],
  here: ReadonlyMap<number, string>,
): Promise<Map<string, number>> {
  if (records.length === 0) return new Map();
  const { tx, report } = step;
  const isFree = ({ person_id }: PersonRecord) => person_id <= LARGEST_KEPT_ID && !here.has(person_id);
  const fresh = await newIds(tx, 'person', records.filter((record) => !isFree(record)).length);
  const places = new Map<string, number>();
  const rows = records.map((record) => {
    const id = isFree(record) ? record.person_id : (fresh.shift() as number);
    noteChangedId(report, 'person', record.person_id, id);
    places.set(keyOf(record), id);
    const who = { externalId: record.user_id, name: record.name };
    return {
      id,
      ...who,
      words: wordsOfPerson(who),
      notes: record.notes,
      consentGivenAt: instantOrNull(record.consent_given_at),
      consentUntil: instantOrNull(record.consent_until),
      createdAt: instant(record.created_at),
      updatedAt: instant(record.updated_at),
    };
  });
  await tx.insert(people).overridingSystemValue().values(rows);
  await raiseSequence(tx, 'person', Math.max(...rows.map(({ id }) => id)));
  const aliases = records.flatMap((record) =>
    record.aliases.map((externalId) => ({ externalId, personId: places.get(keyOf(record)) as number })),
  );
  if (aliases.length > 0) await tx.insert(personAliases).values(aliases).onConflictDoNothing();
  report.people.added += records.length;
  return places;
}

/**
 * Fills empty fields of an existing person from the file. A new name gives the samples new feed numbers, because the
 * feed contains it.
 */
async function fillGaps({ tx, numbers }: ImportStep, personId: number, record: PersonRecord): Promise<void> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId));
  if (!person) return;
  const change: PgUpdateSetSource<typeof people> = {};
  if (person.name === null && record.name !== null) change.name = record.name;
  if (person.notes === null && record.notes !== null) change.notes = record.notes;
  if (person.consentGivenAt === null && record.consent_given_at !== null) {
    change.consentGivenAt = instant(record.consent_given_at);
  }
  if (person.consentUntil === null && record.consent_until !== null) {
    change.consentUntil = instant(record.consent_until);
  }
  if (Object.keys(change).length === 0) return;
  const words = wordsOfPerson({ externalId: person.externalId, name: person.name ?? record.name });
  await tx
    .update(people)
    .set({ ...change, words, updatedAt: new Date() })
    .where(eq(people.id, personId));
  if (change.name !== undefined) await renumberSamples(tx, numbers, personId);
}
