import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type { ListEventsOptions, NewEvent, RecordedEvent, RecordedEvents } from './types.ts';

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
}
