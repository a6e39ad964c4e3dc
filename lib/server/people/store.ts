import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { isUniqueViolation } from '@/db/errors';
import {
  eventCorrections,
  events,
  groups,
  type Person,
  people,
  personAliases,
  personGroups,
  samples,
} from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import { withFeed } from '@/lib/server/feed/withFeed';
import { settle } from '@/lib/server/idempotency/currentKey';
import { eraseSamples } from '@/lib/server/people/samples/eraseSamples';
import { announce } from '@/lib/server/webhooks/announce';
import { deletionAnnouncement } from '@/lib/server/webhooks/announcements';
import { KithError } from '@/lib/shared/contract/errors';
import { followPerson } from './followPerson';
import { forgetRowsNaming } from './forgetRows';
import { changeGroupsOf, joinOwnGroups } from './groups/groupsOf';
import { groupIdsOf, joinGroups } from './groups/membership';
import { type Caller, isFree, requireTouchable, requireTouchablePerson, THE_SERVER } from './ownership';
import { findByExternalId, requirePerson, wordsOfPerson } from './personOf';
import { renumberSamples } from './renumberSamples';

/** The fields of a person. Absent fields stay as they are. */
export type PersonFields = Partial<
  Pick<Person, 'externalId' | 'name' | 'notes' | 'consentGivenAt' | 'consentUntil'>
> & {
  /** Names of all groups of the person. */
  groups?: readonly string[] | undefined;
};

/** A person in a list. */
export type ListedPerson = Omit<Person, 'words' | 'addedBy'> & {
  sampleCount: number;
  /** The person's best sample; null without samples. */
  bestFaceId: number | null;
  /** Names of the person's groups, sorted. */
  groups: string[];
};

/**
 * Starts a query of people with their number of samples, best sample and groups.
 * @param limit ids of the groups to show; null: all
 */
export function selectPeople(db: Database, limit: readonly number[] | null = null) {
  const namesOfGroups = sql`select coalesce(json_agg(${groups.name} order by ${groups.key}), '[]')
    from ${personGroups} join ${groups} on ${groups.id} = ${personGroups.groupId}
    where ${personGroups.personId} = ${people.id}${
      limit === null ? sql`` : sql` and ${personGroups.groupId} = any(${idArray(limit)})`
    }`;
  const ofPerson = sql`from ${samples} where ${samples.personId} = ${people.id}`;
  return db
    .select({
      id: people.id,
      externalId: people.externalId,
      name: people.name,
      notes: people.notes,
      consentGivenAt: people.consentGivenAt,
      consentUntil: people.consentUntil,
      createdAt: people.createdAt,
      updatedAt: people.updatedAt,
      sampleCount: sql`(select count(*) ${ofPerson})`.mapWith(Number),
      bestFaceId: sql`(select ${samples.id} ${ofPerson} order by ${samples.score} desc, ${samples.id} limit 1)`.mapWith(
        Number,
      ) as SQL<number | null>,
      groups: sql<string[]>`(${namesOfGroups})`,
    })
    .from(people)
    .$dynamic();
}

/**
 * Returns a person, with the groups that the caller may see.
 * @throws KithError NOT_FOUND, also if the caller may not access the person
 */
export async function getPerson(db: Database, personId: number, caller = THE_SERVER): Promise<ListedPerson> {
  await requireTouchablePerson(db, caller, personId);
  return readPerson(db, personId, caller);
}

async function readPerson(db: Database, personId: number, { groups: limit = null }: Caller): Promise<ListedPerson> {
  const [person] = await selectPeople(db, limit).where(eq(people.id, personId));
  if (!person) throw new KithError('NOT_FOUND', `There is no person ${personId}.`);
  return person;
}

/** Returns the people with these ids, by id. Missing people are left out. */
export async function getPeople(db: Database, personIds: readonly number[]): Promise<Map<number, ListedPerson>> {
  if (personIds.length === 0) return new Map();
  const found = await selectPeople(db).where(inArray(people.id, [...new Set(personIds)]));
  return new Map(found.map((person) => [person.id, person]));
}

/**
 * Creates a person without samples.
 * @throws KithError CONFLICT if another person has the external id
 */
export function createPerson(
  db: Database,
  { groups: names, ...fields }: PersonFields,
  caller = THE_SERVER,
): Promise<ListedPerson> {
  return withFeed(db, async (tx, numbers) => {
    await requireFree(tx, fields.externalId, { caller });
    const words = wordsOfPerson({ name: fields.name ?? null, externalId: fields.externalId ?? null });
    const [created] = await tx
      .insert(people)
      .values({ ...fields, words, addedBy: caller.id })
      .returning({ id: people.id });
    if (!created) throw new Error('the insert returned no person');
    await joinOwnGroups(tx, numbers, { personIds: [created.id], names, caller });
    await settle(tx, { person_id: created.id });
    return readPerson(tx, created.id, caller);
  }).catch(conflict);
}

/**
 * Changes a person. A new name or external id is copied to the attributes of their samples, and to the feed.
 * @throws KithError NOT_FOUND, CONFLICT
 */
export function updatePerson(
  db: Database,
  personId: number,
  { groups: names, ...fields }: PersonFields,
  caller = THE_SERVER,
): Promise<ListedPerson> {
  return withFeed(db, async (tx, numbers) => {
    await requireTouchablePerson(tx, caller, personId);
    const before = await requirePerson(tx, personId);
    await requireFree(tx, fields.externalId, { own: personId, caller });
    const after = { ...before, ...defined(fields) };
    await tx
      .update(people)
      .set({ ...defined(fields), words: wordsOfPerson(after), updatedAt: new Date() })
      .where(eq(people.id, personId));
    if (after.externalId !== null) await tx.delete(personAliases).where(eq(personAliases.externalId, after.externalId));
    const isRenamed = after.name !== before.name;
    const isNamed = isRenamed || after.externalId !== before.externalId;
    const followed = isNamed ? await followPerson(tx, after) : 0;
    if (isRenamed || followed > 0) await renumberSamples(tx, numbers, personId);
    if (names !== undefined) await changeGroupsOf(tx, numbers, { personId, names, caller });
    await settle(tx, { person_id: personId });
    return readPerson(tx, personId, caller);
  }).catch(conflict);
}

/**
 * Erases a person with all samples, pictures and recognitions, and leaves tombstones. Import rows that made the samples are
 * emptied. Rows that only name the person are emptied if the caller has no limits, because they may concern people outside
 * a limit.
 * @throws KithError NOT_FOUND
 */
export function deletePerson(db: Database, personId: number, caller = THE_SERVER): Promise<{ deletedFaces: number[] }> {
  return withFeed(db, async (tx, numbers) => {
    await requireTouchablePerson(tx, caller, personId);
    const { externalId, name } = await requirePerson(tx, personId);
    const deletedFaces = await eraseSamples(tx, numbers, eq(samples.personId, personId));
    const aliases = await tx.select().from(personAliases).where(eq(personAliases.personId, personId));
    const externalIds = [...aliases.map((alias) => alias.externalId), ...(externalId === null ? [] : [externalId])];
    // Others may have the same name, so the name counts only if the person has no external id.
    if (isFree(caller)) await forgetRowsNaming(tx, { externalIds, name: externalIds.length === 0 ? name : null });
    // A correction remains with its recognition, without the person and the sample.
    await tx.update(eventCorrections).set({ faceId: null }).where(eq(eventCorrections.personId, personId));
    await tx.update(eventCorrections).set({ wasFaceId: null }).where(eq(eventCorrections.wasPersonId, personId));
    await tx.delete(people).where(eq(people.id, personId));
    await announce(tx, [deletionAnnouncement({ faceIds: deletedFaces, personId })]);
    await settle(tx, { deleted_faces: deletedFaces.length });
    return { deletedFaces };
  });
}

/**
 * Merges two people. `into` gets all samples, recognitions and groups of `from`, and the fields that it lacks. The external id
 * of `from` finds `into` from then on.
 * @throws KithError NOT_FOUND; BAD_REQUEST if both are the same person
 */
export function mergePeople(db: Database, { from, into }: { from: number; into: number }): Promise<ListedPerson> {
  return withFeed(db, async (tx, numbers) => {
    if (from === into) throw new KithError('BAD_REQUEST', 'A person cannot be merged with themselves.');
    const source = await requirePerson(tx, from);
    const target = await requirePerson(tx, into);
    await tx.update(samples).set({ personId: into }).where(eq(samples.personId, from));
    await tx.update(samples).set({ sentFor: into }).where(eq(samples.sentFor, from));
    await tx.update(personAliases).set({ personId: into }).where(eq(personAliases.personId, from));
    await tx.update(events).set({ personId: into }).where(eq(events.personId, from));
    const { personId, wasPersonId } = eventCorrections;
    await tx.update(eventCorrections).set({ personId: into }).where(eq(personId, from));
    await tx.update(eventCorrections).set({ wasPersonId: into }).where(eq(wasPersonId, from));
    // The samples get new numbers, and the person a new `updated_at`, at the end.
    const joining = { personIds: [into], groupIds: await groupIdsOf(tx, from) };
    await joinGroups(tx, numbers, joining, { noted: false, renumbered: false });
    await tx.delete(people).where(eq(people.id, from));
    const merged = {
      externalId: target.externalId ?? source.externalId,
      name: target.name ?? source.name,
      notes: [target.notes, source.notes].filter(Boolean).join('\n\n') || null,
      consentGivenAt: target.consentGivenAt ?? source.consentGivenAt,
      consentUntil: target.consentUntil ?? source.consentUntil,
      // Otherwise, the adder of one person could access what others stored about the other.
      addedBy: target.addedBy === source.addedBy ? target.addedBy : null,
    };
    if (source.externalId !== null && merged.externalId !== source.externalId) {
      await tx.insert(personAliases).values({ externalId: source.externalId, personId: into });
    }
    await tx
      .update(people)
      .set({ ...merged, words: wordsOfPerson(merged), updatedAt: new Date() })
      .where(eq(people.id, into));
    await followPerson(tx, { id: into, ...merged });
    await renumberSamples(tx, numbers, into);
    await settle(tx, { person_id: into });
    return getPerson(tx, into);
  });
}

/** @throws KithError CONFLICT if another person has the external id; FORBIDDEN if the caller may not access that person */
async function requireFree(
  tx: Database,
  externalId: string | null | undefined,
  { own, caller }: { own?: number; caller: Caller },
): Promise<void> {
  if (externalId === null || externalId === undefined) return;
  const holder = await findByExternalId(tx, externalId);
  if (holder && holder.id !== own) {
    await requireTouchable(tx, caller, [holder], 'user_id');
    throw new KithError('CONFLICT', `user_id ${JSON.stringify(externalId)} belongs to person ${holder.id}.`);
  }
}

function conflict(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  throw new KithError('CONFLICT', 'user_id belongs to another person.', { cause: error });
}

function defined(fields: Omit<PersonFields, 'groups'>): Omit<PersonFields, 'groups'> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
