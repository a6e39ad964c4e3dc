import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type AuditEntry, people } from '@/db/schema';

/** The details that are ids of people. */
const PERSON_DETAILS = ['person_id', 'was_person_id', 'other_person_id', 'from', 'into'] as const;

/** A person whom an entry is about, as they are called now. */
export interface PersonOfEntry {
  person_id: number;
  user_id: string | null;
  name: string | null;
}

/** The ids of the people whom an entry is about. */
export function personIdsOf({ subjectKind, subjectId, details }: AuditEntry): number[] {
  const given = [
    subjectKind === 'person' ? Number(subjectId) : null,
    ...PERSON_DETAILS.map((name) => details[name] ?? null),
  ];
  return given.filter((id): id is number => typeof id === 'number' && Number.isSafeInteger(id) && id > 0);
}

/**
 * The people whom the entries are about, by id. The log has ids alone, so that whoever is erased leaves no name in it; those
 * are missing here.
 */
export async function peopleOfEntries(
  db: Database,
  entries: readonly AuditEntry[],
): Promise<ReadonlyMap<number, PersonOfEntry>> {
  const ids = [...new Set(entries.flatMap(personIdsOf))];
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ person_id: people.id, user_id: people.externalId, name: people.name })
    .from(people)
    .where(inArray(people.id, ids));
  return new Map(found.map((person) => [person.person_id, person]));
}
