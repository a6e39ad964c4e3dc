import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type { EventDetails, ListEventsOptions, NewEvent, RecordedEvent, RecordedEvents } from './types.ts';

/** Recognitions made on devices. */
export class EventsApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Hands in up to 500; each is kept once by its id, however often it is sent. */
  record(events: readonly NewEvent[], write: WriteOptions = {}): Promise<RecordedEvents> {
    // The clock at each attempt: by how much it is wrong is told from when it arrives.
    const body = () => ({ events, sent_at: new Date().toISOString() });
    return this.#transport.json({ method: 'POST', path: '/api/events', body, keyed: true, ...write });
  }

  /** Newest first. */
  list(
    options: ListEventsOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ events: RecordedEvent[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/events', query: { ...options }, signal });
  }

  /** One, with its candidates and corrections. */
  get(id: string, { signal }: CallOptions = {}): Promise<EventDetails> {
    return this.#transport.json({ method: 'GET', path: `/api/events/${encodeURIComponent(id)}`, signal });
  }

  /** Says who it really was. The person that it has already confirms it. Sending the same again changes nothing. */
  correct(
    id: string,
    who: { person_id: number } | { unknown: true },
    { signal }: CallOptions = {},
  ): Promise<EventDetails> {
    return this.#transport.json({
      method: 'POST',
      path: `/api/events/${encodeURIComponent(id)}/correct`,
      body: { ...who },
      signal,
    });
  }

  /** Takes back the newest correction. */
  takeBack(id: string, correctionId: number, { signal }: CallOptions = {}): Promise<EventDetails> {
    return this.#transport.json({
      method: 'DELETE',
      path: `/api/events/${encodeURIComponent(id)}/corrections/${correctionId}`,
      signal,
    });
  }
}
