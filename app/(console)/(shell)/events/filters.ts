import type { PickedPerson } from '../../_components/people/PersonPicker';

/** Rows of a page. */
export const EVENTS_PAGE = 50;

/** What is chosen above the list; an empty text chooses everything. */
export interface EventFilters {
  known: '' | 'true' | 'false';
  device: string;
  /** Of this person only; a page of theirs may lead here. */
  person: PickedPerson | null;
  /** Days as the browser's date fields write them, in its own zone. */
  from: string;
  until: string;
}

export const NO_FILTERS: EventFilters = { known: '', device: '', person: null, from: '', until: '' };

/** The chosen filters as the API takes them. */
export function queryOf({ known, device, person, from, until }: EventFilters) {
  return {
    known: known || undefined,
    device_id: device || undefined,
    person_id: person?.person_id,
    from: from ? new Date(`${from}T00:00`).toISOString() : undefined,
    // The day itself is meant, too.
    to: until ? new Date(new Date(`${until}T00:00`).getTime() + 86_400_000).toISOString() : undefined,
  };
}
