import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { people, type Webhook, type WebhookDelivery } from '@/db/schema';

const about = z.object({ person_id: z.number() }).nullish().catch(null);
const withPeople = z.looseObject({ person: about, was: about });

/**
 * The JSON text of a post. Whom it is about is looked up now: the caller's own id of the person, and the name where the
 * webhook may have it; both null once the person is erased.
 */
export async function bodyOf(
  db: Database,
  delivery: Pick<WebhookDelivery, 'id' | 'event' | 'payload' | 'createdAt'>,
  webhook: Pick<Webhook, 'includeNames'>,
): Promise<string> {
  const { id, event, payload, createdAt } = delivery;
  const { person, was } = withPeople.parse(payload);
  const data = {
    ...payload,
    ...(person && { person: await describePerson(db, person.person_id, webhook) }),
    ...(was && { was: await describePerson(db, was.person_id, webhook) }),
  };
  return JSON.stringify({ id, type: event, timestamp: createdAt.toISOString(), data });
}

async function describePerson(db: Database, personId: number, { includeNames }: Pick<Webhook, 'includeNames'>) {
  const [person] = await db
    .select({ externalId: people.externalId, name: people.name })
    .from(people)
    .where(eq(people.id, personId));
  return {
    person_id: personId,
    user_id: person?.externalId ?? null,
    ...(includeNames && { name: person?.name ?? null }),
  };
}
