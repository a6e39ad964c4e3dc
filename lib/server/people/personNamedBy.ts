import type { Database } from '@/db/client';
import { KithError } from '@/lib/shared/contract/errors';
import { type PersonAnswer, personAnswer } from './personAnswer';
import { getPerson } from './store';

/** Returns the person of an id from an address, such as `?person=7`; null if there is none. */
export async function personNamedBy(db: Database, given: string | undefined): Promise<PersonAnswer | null> {
  const id = Number(given);
  if (!Number.isSafeInteger(id) || id < 1) return null;
  try {
    return personAnswer(await getPerson(db, id));
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
