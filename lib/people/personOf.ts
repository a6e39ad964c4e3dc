import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Person, people, personAliases, type UniqueArgs } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import type { FeedNumbers } from '@/lib/feed/withFeed';
import { wordsOf } from '@/lib/search/words';
import { identityOf } from './identity';
import { renumberSamples } from './renumberSamples';

/** The person with this external id, also where it was merged into another one. */
export async function findByExternalId(tx: Database, externalId: string): Promise<Person | null> {
  const [person] = await tx.select().from(people).where(eq(people.externalId, externalId));
  if (person) return person;
  const [alias] = await tx
    .select({ person: people })
    .from(personAliases)
    .innerJoin(people, eq(people.id, personAliases.personId))
    .where(eq(personAliases.externalId, externalId));
  return alias?.person ?? null;
}

/** A person by id. Throws NOT_FOUND. */
export async function requirePerson(tx: Database, personId: number): Promise<Person> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId));
  if (!person) throw new KithError('NOT_FOUND', `there is no person ${personId}`);
  return person;
}

/**
 * The person a sample belongs to, found or made; null when it does not say.
 * - `personId` decides. A `user_id` that comes with it becomes the person's too, unless it is someone else's.
 * - Same `user_id`, same person. A `user_name` that comes with either names the person; the newest one stands.
 * - `user_name` alone ties to the person of exactly that name who has no external id.
 *
 * Runs inside a write (`withFeed`), whose lock keeps two samples of a new person from making two of them.
 * Throws NOT_FOUND, CONFLICT, BAD_REQUEST.
 */
export async function personOf(
  tx: Database,
  numbers: FeedNumbers,
  { personId, uniqueArgs }: { personId?: number | undefined; uniqueArgs: UniqueArgs },
): Promise<Person | null> {
  const { externalId, name } = identityOf(uniqueArgs);
  const known = externalId === null ? null : await findByExternalId(tx, externalId);
  if (personId !== undefined) {
    const person = await requirePerson(tx, personId);
    if (known && known.id !== person.id) {
      throw new KithError('CONFLICT', `user_id ${JSON.stringify(externalId)} belongs to person ${known.id}`);
    }
    if (externalId !== null && !known) await addExternalId(tx, person, externalId);
    return named(tx, numbers, await requirePerson(tx, personId), name);
  }
  if (known) return named(tx, numbers, known, name);
  if (externalId !== null) return insertPerson(tx, { externalId, name });
  if (name === null) return null;
  const [namesake] = await tx
    .select()
    .from(people)
    .where(and(eq(people.name, name), isNull(people.externalId)))
    .orderBy(asc(people.id))
    .limit(1);
  return namesake ?? insertPerson(tx, { externalId: null, name });
}

/** The words a person is found by. */
export const wordsOfPerson = (person: { name: string | null; externalId: string | null }): string[] =>
  wordsOf(`${person.name ?? ''} ${person.externalId ?? ''}`);

async function insertPerson(tx: Database, who: { externalId: string | null; name: string | null }): Promise<Person> {
  const [person] = await tx
    .insert(people)
    .values({ ...who, words: wordsOfPerson(who) })
    .returning();
  if (!person) throw new Error('the new person was not answered');
  return person;
}

async function addExternalId(tx: Database, person: Person, externalId: string): Promise<void> {
  if (person.externalId !== null) {
    await tx.insert(personAliases).values({ externalId, personId: person.id });
    return;
  }
  const words = wordsOfPerson({ ...person, externalId });
  await tx.update(people).set({ externalId, words, updatedAt: new Date() }).where(eq(people.id, person.id));
}

/** Gives the person the name, and their samples new numbers, because the feed carries it. */
async function named(tx: Database, numbers: FeedNumbers, person: Person, name: string | null): Promise<Person> {
  if (name === null || name === person.name) return person;
  const change = { name, words: wordsOfPerson({ ...person, name }), updatedAt: new Date() };
  await tx.update(people).set(change).where(eq(people.id, person.id));
  await renumberSamples(tx, numbers, person.id);
  return { ...person, ...change };
}
