import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type { ErasedPerson, ListPeopleOptions, Merging, Person, PersonChange } from './types.ts';

/** The people that faces belong to. */
export class PeopleApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Returns a page of people. `next_cursor` is `null` on the last page. */
  list(
    options: ListPeopleOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ people: Person[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/people', query: { ...options }, signal });
  }

  /** Creates a person without faces. If another person has the `user_id`, it rejects with error 1300. */
  create(person: PersonChange, write: WriteOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'POST', path: '/api/people', body: { ...person }, keyed: true, ...write });
  }

  /** Returns a person. If there is none with this id, it rejects with error 1200. */
  get(personId: number, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'GET', path: `/api/people/${personId}`, signal });
  }

  /** Changes a person. Absent fields stay; `null` clears a field. */
  change(personId: number, change: PersonChange, write: WriteOptions = {}): Promise<Person> {
    return this.#transport.json({
      method: 'PATCH',
      path: `/api/people/${personId}`,
      body: { ...change },
      keyed: true,
      ...write,
    });
  }

  /** Erases a person with all samples, pictures and recognitions, also on every device. */
  delete(personId: number, write: WriteOptions = {}): Promise<ErasedPerson> {
    return this.#transport.json({ method: 'DELETE', path: `/api/people/${personId}`, keyed: true, ...write });
  }

  /** Moves all samples of the person `from` to the person `into`. */
  merge({ from, into }: Merging, write: WriteOptions = {}): Promise<Person> {
    return this.#transport.json({
      method: 'POST',
      path: '/api/people/merge',
      body: { from, into },
      keyed: true,
      ...write,
    });
  }
}
