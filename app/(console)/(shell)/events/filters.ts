import { z } from 'zod';
import type { PickedPerson } from '../../_components/people/PersonPicker';

/** Rows per page. */
export const EVENTS_PAGE = 50;

/** The filters above the list. An empty text matches everything. */
export interface EventFilters {
  known: '' | 'true' | 'false';
  corrected: '' | 'true' | 'false';
  device: string;
  /** Only this person. The person's page links here. */
  person: PickedPerson | null;
  /** Days as the browser's date fields write them, in its own zone. */
  from: string;
  until: string;
}

const either = z.enum(['', 'true', 'false']).catch('');
const day = z.union([z.literal(''), z.iso.date()]).catch('');

/** Supported query parameters. Invalid values fall back to the defaults. */
export const eventFilters = z.object({
  known: either,
  corrected: either,
  device: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .catch(''),
  /** The id of a person. */
  person: z.string().optional().catch(undefined),
  from: day,
  until: day,
});

/** Returns the filters as query parameters of the API. */
export function queryOf({ known, corrected, device, person, from, until }: EventFilters) {
  return {
    known: known || undefined,
    corrected: corrected || undefined,
    device_id: device || undefined,
    person_id: person?.person_id,
    from: from ? new Date(`${from}T00:00`).toISOString() : undefined,
    // The day itself is included.
    to: until ? new Date(new Date(`${until}T00:00`).getTime() + 86_400_000).toISOString() : undefined,
  };
}

export const hasDays = ({ from, until }: EventFilters): boolean => from !== '' || until !== '';

/** Returns the filters as the query string of the page, with its `?` where there is one. */
export function addressOf({ person, ...rest }: EventFilters): string {
  const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== ''));
  if (person) query.set('person', String(person.person_id));
  return query.size > 0 ? `?${query}` : '';
}
