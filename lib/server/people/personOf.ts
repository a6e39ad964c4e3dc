import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Person, people, personAliases, type UniqueArgs } from '@/db/schema';
import { inGroups } from '@/lib/server/feed/inGroups';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import { wordsOf } from '@/lib/server/lists/words';
import { KithError } from '@/lib/shared/contract/errors';
import { foldName } from '@/lib/shared/text/foldName';
import { followPerson } from './followPerson';
import { type Identity, identityOf, oldSpellingsOf } from './identity';
import { type Caller, requireTouchable, requireTouchablePerson, THE_SERVER } from './ownership';
import { renumberSamples } from './renumberSamples';

/** Returns the person with this external id, even if it comes from a person merged into them; null if there is none. */
export async function findByExternalId(tx: Database, externalId: string): Promise<Person | null> {
  return (await findByExternalIds(tx, [externalId])).get(externalId) ?? null;
}

/** Returns the people with these external ids, by external id. */
async function findByExternalIds(tx: Database, externalIds: readonly string[]): Promise<Map<string, Person>> {
  if (externalIds.length === 0) return new Map();
  const found = await tx
    .select()
    .from(people)
    .where(inArray(people.externalId, [...externalIds]));
  const byId = new Map(found.map((person) => [person.externalId as string, person]));
  const others = externalIds.filter((externalId) => !byId.has(externalId));
  if (others.length === 0) return byId;
  const aliases = await tx
    .select({ externalId: personAliases.externalId, person: people })
    .from(personAliases)
    .innerJoin(people, eq(people.id, personAliases.personId))
    .where(inArray(personAliases.externalId, others));
  for (const { externalId, person } of aliases) byId.set(externalId, person);
  return byId;
}

/**
 * Returns a person by id.
 * @throws KithError NOT_FOUND
 */
export async function requirePerson(tx: Database, personId: number): Promise<Person> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId));
  if (!person) throw new KithError('NOT_FOUND', `There is no person ${personId}.`);
  return person;
}

/**
 * Finds or creates the person of a sample. Returns null if the sample names nobody.
 * - `personId` comes first. A `user_id` beside it is added to the person, unless it belongs to another one.
 * - `user_id` comes next. A `user_name` beside either renames the person, so that the newest name is kept.
 * - `user_name` alone finds the person with exactly that name and no external id.
 *
 * A caller that is limited to what it added does not find others' people by `personId`, and is refused them by `user_id` or
 * `user_name`.
 *
 * Runs inside a write (`withFeed`). Its lock prevents two samples of a new person from creating two people.
 * @throws KithError NOT_FOUND, CONFLICT, BAD_REQUEST, FORBIDDEN
 */
export async function personOf(
  tx: Database,
  numbers: FeedNumbers,
  { personId, uniqueArgs }: { personId?: number | undefined; uniqueArgs: UniqueArgs },
  caller = THE_SERVER,
): Promise<Person | null> {
  if (personId === undefined) return (await peopleOf(tx, numbers, [uniqueArgs], caller))[0] ?? null;
  const { externalId, name } = identityOf(uniqueArgs);
  const known = externalId === null ? null : await findByExternalId(tx, externalId);
  const person = await requirePerson(tx, personId);
  await requireTouchablePerson(tx, caller, personId);
  if (known) await requireTouchable(tx, caller, [known], 'unique_args.user_id');
  if (known && known.id !== person.id) {
    throw new KithError('CONFLICT', `user_id ${JSON.stringify(externalId)} belongs to person ${known.id}.`);
  }
  if (externalId !== null && !known) await addExternalId(tx, person, externalId);
  return named(tx, numbers, await requirePerson(tx, personId), name);
}

/** Does the same for several samples without `personId`, in as few statements as for one. */
export async function peopleOf(
  tx: Database,
  numbers: FeedNumbers,
  samples: readonly UniqueArgs[],
  caller = THE_SERVER,
): Promise<(Person | null)[]> {
  const identities = samples.map(identityOf);
  const byExternalId = await withExternalIds(tx, numbers, identities, caller);
  const byName = await withNames(
    tx,
    identities.flatMap(({ externalId, name }) => (externalId === null && name !== null ? [name] : [])),
    samples,
    caller,
  );
  return identities.map(({ externalId, name }) => {
    if (externalId !== null) return byExternalId.get(externalId) ?? null;
    return name === null ? null : (byName.get(name) ?? null);
  });
}

async function withExternalIds(
  tx: Database,
  numbers: FeedNumbers,
  identities: readonly Identity[],
  caller: Caller,
): Promise<Map<string, Person>> {
  const names = new Map<string, string | null>();
  for (const { externalId, name } of identities) {
    if (externalId !== null) names.set(externalId, name ?? names.get(externalId) ?? null);
  }
  const found = await findByExternalIds(tx, [...names.keys()]);
  await requireTouchable(tx, caller, [...found.values()], 'unique_args.user_id');
  for (const [externalId, person] of found) {
    found.set(externalId, await named(tx, numbers, person, names.get(externalId) ?? null));
  }
  const missing = [...names].flatMap(([externalId, name]) => (found.has(externalId) ? [] : [{ externalId, name }]));
  for (const person of await insertPeople(tx, missing, caller)) found.set(person.externalId as string, person);
  return found;
}

/** Finds or creates people who have a name and no external id. */
async function withNames(
  tx: Database,
  names: readonly string[],
  samples: readonly UniqueArgs[],
  caller: Caller,
): Promise<Map<string, Person>> {
  if (names.length === 0) return new Map();
  const found = await namesakes(tx, names, samples, caller);
  await requireTouchable(tx, caller, [...found.values()], 'unique_args.user_name');
  const missing = [...new Set(names)].filter((name) => !found.has(name));
  const made = await insertPeople(
    tx,
    missing.map((name) => ({ externalId: null, name })),
    caller,
  );
  for (const person of made) found.set(person.name as string, person);
  return found;
}

/**
 * Returns the people with these names and no external id, by folded name. If several have a name, it is the oldest. People
 * stored before names were folded are found too. A caller limited to groups only finds people in them: names are not unique,
 * and must not reveal who is outside.
 */
async function namesakes(
  tx: Database,
  names: readonly string[],
  samples: readonly UniqueArgs[],
  { groups = null }: Caller,
): Promise<Map<string, Person>> {
  if (names.length === 0) return new Map();
  const spellings = new Set([...names, ...samples.flatMap(oldSpellingsOf)]);
  const found = await tx
    .select()
    .from(people)
    .where(
      and(
        inArray(people.name, [...spellings]),
        isNull(people.externalId),
        groups === null ? undefined : inGroups(people.id, groups),
      ),
    )
    .orderBy(asc(people.id));
  return new Map(found.toReversed().map((person) => [foldName(person.name as string), person]));
}

/**
 * Returns the existing people that the attributes name, in the same order. Creates and renames nobody. Null: the attributes
 * name nobody, or somebody who does not exist.
 */
export async function peopleNamed(
  tx: Database,
  samples: readonly UniqueArgs[],
  caller = THE_SERVER,
): Promise<(Person | null)[]> {
  const identities = samples.map(identityOf);
  const byExternalId = await findByExternalIds(
    tx,
    identities.flatMap(({ externalId }) => externalId ?? []),
  );
  const byName = await namesakes(
    tx,
    identities.flatMap(({ externalId, name }) => (externalId === null && name !== null ? [name] : [])),
    samples,
    caller,
  );
  return identities.map(({ externalId, name }) => {
    if (externalId !== null) return byExternalId.get(externalId) ?? null;
    return name === null ? null : (byName.get(name) ?? null);
  });
}

/** Returns the words by which a search finds a person. */
export const wordsOfPerson = (person: { name: string | null; externalId: string | null }): string[] =>
  wordsOf(`${person.name ?? ''} ${person.externalId ?? ''}`);

async function insertPeople(tx: Database, all: readonly Identity[], caller: Caller): Promise<Person[]> {
  if (all.length === 0) return [];
  return tx
    .insert(people)
    .values(all.map((who) => ({ ...who, words: wordsOfPerson(who), addedBy: caller.id })))
    .returning();
}

async function addExternalId(tx: Database, person: Person, externalId: string): Promise<void> {
  if (person.externalId !== null) {
    await tx.insert(personAliases).values({ externalId, personId: person.id });
    return;
  }
  const words = wordsOfPerson({ ...person, externalId });
  await tx.update(people).set({ externalId, words, updatedAt: new Date() }).where(eq(people.id, person.id));
}

/** Renames the person, and gives their samples new numbers, because the feed includes the name. */
async function named(tx: Database, numbers: FeedNumbers, person: Person, name: string | null): Promise<Person> {
  if (name === null || name === person.name) return person;
  const change = { name, words: wordsOfPerson({ ...person, name }), updatedAt: new Date() };
  await tx.update(people).set(change).where(eq(people.id, person.id));
  await followPerson(tx, { ...person, ...change });
  await renumberSamples(tx, numbers, person.id);
  return { ...person, ...change };
}
