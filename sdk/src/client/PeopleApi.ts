import type { CallOptions, Transport } from './Transport.ts';
import type { ListPeopleOptions, Person, PersonChange } from './types.ts';

/** The people that faces belong to. */
export class PeopleApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(
    options: ListPeopleOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ people: Person[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/people', query: { ...options }, signal });
  }

  create(person: PersonChange, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'POST', path: '/api/people', body: { ...person }, signal });
  }

  get(personId: number, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'GET', path: `/api/people/${personId}`, signal });
  }

  /** What is absent stays, `null` clears. */
  change(personId: number, change: PersonChange, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'PATCH', path: `/api/people/${personId}`, body: { ...change }, signal });
  }

  /** Erases a person with all samples, pictures and recognitions, on every device. */
  delete(personId: number, { signal }: CallOptions = {}): Promise<{ deleted_faces: number }> {
    return this.#transport.json({ method: 'DELETE', path: `/api/people/${personId}`, signal });
  }

  /** Makes all samples of `from` samples of `into`. */
  merge({ from, into }: { from: number; into: number }, { signal }: CallOptions = {}): Promise<Person> {
    return this.#transport.json({ method: 'POST', path: '/api/people/merge', body: { from, into }, signal });
  }
}
