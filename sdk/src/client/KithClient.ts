import { type Answer, type CallId, type Input, type Item, type PagedId, prepareCall } from './anyCall.ts';
import { DevicesApi } from './DevicesApi.ts';
import { EventsApi } from './EventsApi.ts';
import { FacesApi } from './FacesApi.ts';
import { FeedApi } from './FeedApi.ts';
import { GroupsApi } from './GroupsApi.ts';
import { PeopleApi } from './PeopleApi.ts';
import { type CallOptions, Transport, type TransportOptions, type WriteOptions } from './Transport.ts';

/** Address and options of a server. */
export type KithClientOptions = TransportOptions;

/**
 * A Kith server. A call rejects with `KithApiError` if the server refuses it, with `KithConnectionError` if there is no
 * answer, and with the signal's reason if it is aborted. Calls that the server turned away (429, 503) are retried after
 * `Retry-After`. Calls without an answer are retried if they are idempotent. Writes of faces, people and events are,
 * because they carry an `Idempotency-Key`.
 */
export class KithClient {
  /** Enrolment and recognition. */
  readonly faces: FacesApi;
  /** The people that faces belong to. */
  readonly people: PeopleApi;
  /** Groups of people. */
  readonly groups: GroupsApi;
  /** Recognitions made by devices. */
  readonly events: EventsApi;
  /** Phones and tablets. */
  readonly devices: DevicesApi;
  /** The change feed. */
  readonly feed: FeedApi;

  readonly #transport: Transport;

  constructor(options: KithClientOptions) {
    const transport = new Transport(options);
    this.#transport = transport;
    this.faces = new FacesApi(transport);
    this.people = new PeopleApi(transport);
    this.groups = new GroupsApi(transport);
    this.events = new EventsApi(transport);
    this.devices = new DevicesApi(transport);
    this.feed = new FeedApi(transport);
  }

  /**
   * Makes any call of the API that has a JSON answer, by its `operationId` in the OpenAPI document. `input` has the
   * fields of path, query and body together. Pictures are given as URLs, including `data:` URLs; `faces` takes files.
   * Calls that return a file, a stream or plain text are not available, nor is `addImportPicture`, which needs an
   * upload. Use `Transport` for these.
   *
   *   const { webhooks } = await kith.call('listWebhooks', {});
   */
  call<Id extends CallId>(id: Id, input: Input<Id>, options: WriteOptions = {}): Promise<Answer<Id>> {
    return this.#transport.json({ ...prepareCall(id, input), ...options });
  }

  /** Yields the pages of a list in order, from its `cursor` or from the start. */
  async *pages<Id extends PagedId>(id: Id, input: Input<Id>, options: CallOptions = {}): AsyncGenerator<Answer<Id>> {
    let cursor: string | null | undefined;
    do {
      const page: Answer<Id> = await this.call(id, cursor ? { ...input, cursor } : input, options);
      yield page;
      cursor = (page as { next_cursor: string | null }).next_cursor;
    } while (cursor);
  }

  /**
   * Yields every item of a list. Reads each page when it is needed.
   *
   *   for await (const person of kith.each('listPeople', { q: 'Silva' })) console.log(person.name);
   */
  async *each<Id extends PagedId>(id: Id, input: Input<Id>, options: CallOptions = {}): AsyncGenerator<Item<Id>> {
    for await (const page of this.pages(id, input, options)) {
      const rows = Object.values(page).find(Array.isArray);
      yield* (rows ?? []) as Item<Id>[];
    }
  }
}
