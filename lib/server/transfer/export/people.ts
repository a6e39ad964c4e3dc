import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { distinctPeople, people, personAliases } from '@/db/schema';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { groupBy } from '@/lib/shared/util/groupBy';
import { groupsOfPeople } from './groups';
import { PAGE, pages, utc, utcOrNull } from './pages';

/** Yields people by id, with their further external ids. */
export async function* personLines(tx: Database, personId: number | undefined): AsyncGenerator<RecordOf<'person'>> {
  const people = pages({ start: 0, read: (after) => readPage(tx, after, personId), cursorOf: (row) => row.person_id });
  for await (const rows of people) {
    const ids = rows.map((row) => row.person_id);
    const aliases = await tx
      .select()
      .from(personAliases)
      .where(inArray(personAliases.personId, ids))
      .orderBy(asc(personAliases.externalId));
    const ofPerson = groupBy(aliases, (alias) => alias.personId);
    const groups = await groupsOfPeople(tx, ids);
    for (const row of rows) {
      const further = ofPerson.get(row.person_id)?.map(({ externalId }) => externalId) ?? [];
      yield { type: 'person', ...row, aliases: further, groups: groups.get(row.person_id) ?? [] };
    }
  }
}

/** Yields the pairs of people who were marked as different. */
export async function* distinctLines(tx: Database): AsyncGenerator<RecordOf<'distinct'>> {
  const read = ([person, other]: [number, number]) =>
    tx
      .select({
        person_id: distinctPeople.personId,
        other_person_id: distinctPeople.otherPersonId,
        created_at: utc(distinctPeople.createdAt),
      })
      .from(distinctPeople)
      .where(sql`(${distinctPeople.personId}, ${distinctPeople.otherPersonId}) > (${person}::bigint, ${other}::bigint)`)
      .orderBy(asc(distinctPeople.personId), asc(distinctPeople.otherPersonId))
      .limit(PAGE);
  const start: [number, number] = [0, 0];
  const cursorOf = (row: { person_id: number; other_person_id: number }): [number, number] => [
    row.person_id,
    row.other_person_id,
  ];
  for await (const rows of pages({ start, read, cursorOf })) {
    for (const row of rows) yield { type: 'distinct', ...row };
  }
}

function readPage(tx: Database, after: number, personId: number | undefined) {
  return tx
    .select({
      person_id: people.id,
      user_id: people.externalId,
      name: people.name,
      notes: people.notes,
      consent_given_at: utcOrNull(people.consentGivenAt),
      consent_until: utcOrNull(people.consentUntil),
      created_at: utc(people.createdAt),
      updated_at: utc(people.updatedAt),
    })
    .from(people)
    .where(and(gt(people.id, after), personId === undefined ? undefined : eq(people.id, personId)))
    .orderBy(asc(people.id))
    .limit(PAGE);
}
