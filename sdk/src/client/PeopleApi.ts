import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type { ErasedPerson, ListPeopleOptions, Merging, Person, PersonChange } from './types.ts';

/** The people that faces belong to. */
export class PeopleApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** People by pages; `next_cursor` is `null` on the last. */
  list(
    options: ListPeopleOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ people: Person[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/people', query: { ...options }, signal });
  }

  /** Makes a person without faces. A `user_id` that another person has is error 1300. */
  create(person: PersonChange, write: WriteOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'POST', path: '/api/people', body: { ...person }, keyed: true, ...write });
  }

  /** A person. One that is not there is error 1200. */
  get(personId: number, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'GET', path: `/api/people/${personId}`, signal });
  }

  /** What is absent stays, `null` clears. */
  change(personId: number, change: PersonChange, write: WriteOptions = {}): Promise<Person> {
    return this.#transport.json({
      method: 'PATCH',
      path: `/api/people/${personId}`,
      body: { ...change },
      keyed: true,
      ...write,
    });
  }

  /** Erases a person with all samples, pictures and recognitions, on every device. */
  delete(personId: number, write: WriteOptions = {}): Promise<ErasedPerson> {
    return this.#transport.json({ method: 'DELETE', path: `/api/people/${personId}`, keyed: true, ...write });
  }

  /** Makes all samples of `from` samples of `into`. */
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
