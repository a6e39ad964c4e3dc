import type { PickedPerson } from '../../_components/people/PersonPicker';

/** Rows per page. */
export const EVENTS_PAGE = 50;

/** The filters above the list. An empty text matches everything. */
export interface EventFilters {
  known: '' | 'true' | 'false';
  device: string;
  /** Only this person. The person's page links here. */
  person: PickedPerson | null;
  /** Days as the browser's date fields write them, in its own zone. */
  from: string;
  until: string;
}

export const NO_FILTERS: EventFilters = { known: '', device: '', person: null, from: '', until: '' };

/** Returns the filters as query parameters of the API. */
export function queryOf({ known, device, person, from, until }: EventFilters) {
  return {
    known: known || undefined,
    device_id: device || undefined,
    person_id: person?.person_id,
    from: from ? new Date(`${from}T00:00`).toISOString() : undefined,
    // The day itself is included.
    to: until ? new Date(new Date(`${until}T00:00`).getTime() + 86_400_000).toISOString() : undefined,
  };
}
