import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type { EventDetails, ListEventsOptions, NewEvent, RecordedEvent, RecordedEvents } from './types.ts';

/** Recognitions made by devices. */
export class EventsApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Sends up to 500 events. The server stores each id once, however often it is sent. */
  record(events: readonly NewEvent[], write: WriteOptions = {}): Promise<RecordedEvents> {
    // Each attempt sends the current time. The server compares it with the arrival time to correct the device's clock.
    const body = () => ({ events, sent_at: new Date().toISOString() });
    return this.#transport.json({ method: 'POST', path: '/api/events', body, keyed: true, ...write });
  }

  /** Returns a page of events, newest first. */
  list(
    options: ListEventsOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ events: RecordedEvent[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/events', query: { ...options }, signal });
  }

  /** Returns an event with its candidates and corrections. */
  get(id: string, { signal }: CallOptions = {}): Promise<EventDetails> {
    return this.#transport.json({ method: 'GET', path: `/api/events/${encodeURIComponent(id)}`, signal });
  }

  /**
   * Corrects whom an event shows. Naming the same person again confirms the event. Sending the same correction again
   * changes nothing.
   */
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
