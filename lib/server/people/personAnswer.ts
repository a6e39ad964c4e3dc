import type { PersonSummary } from '@/lib/server/people/samples/storedSample';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { readPerson } from '@/lib/shared/contract/people';
import type { ListedPerson, PersonFields } from './store';

/** A person in the API's responses. */
export type PersonAnswer = AnswerOf<typeof readPerson>;

/** Returns the person of a face for a response. */
export function personSummary(person: PersonSummary | null) {
  return person && { person_id: person.id, user_id: person.externalId, name: person.name };
}

/** Returns a person for a response. */
export function personAnswer(person: ListedPerson): PersonAnswer {
  return {
    person_id: person.id,
    user_id: person.externalId,
    name: person.name,
    notes: person.notes,
    consent_given_at: person.consentGivenAt?.toISOString() ?? null,
    consent_until: person.consentUntil?.toISOString() ?? null,
    samples: person.sampleCount,
    best_face_id: person.bestFaceId,
    groups: person.groups,
    created_at: person.createdAt.toISOString(),
    updated_at: person.updatedAt.toISOString(),
  };
}

/** Returns the fields of a request as the store takes them. Absent fields stay absent, and null stays null. */
export function personFields(body: {
  user_id?: string | null;
  name?: string | null;
  notes?: string | null;
  consent_given_at?: string | null;
  consent_until?: string | null;
  groups?: string[];
}): PersonFields {
  return {
    externalId: body.user_id,
    name: body.name,
    notes: body.notes,
    consentGivenAt: instant(body.consent_given_at),
    consentUntil: instant(body.consent_until),
    groups: body.groups,
  };
}

function instant(text: string | null | undefined): Date | null | undefined {
  return typeof text === 'string' ? new Date(text) : text;
}
