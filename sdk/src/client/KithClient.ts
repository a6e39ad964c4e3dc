import { type Answer, type CallId, type Input, type Item, type PagedId, prepareCall } from './anyCall.ts';
import { DevicesApi } from './DevicesApi.ts';
import { EventsApi } from './EventsApi.ts';
import { FacesApi } from './FacesApi.ts';
import { FeedApi } from './FeedApi.ts';
import { GroupsApi } from './GroupsApi.ts';
import { PeopleApi } from './PeopleApi.ts';
import { type CallOptions, Transport, type TransportOptions, type WriteOptions } from './Transport.ts';

/** Where the server is, and how to ask it. */
export type KithClientOptions = TransportOptions;

/**
 * A Kith server. Every call rejects with `KithApiError` when the server says no, with `KithConnectionError` when there
 * is no answer, and with the signal's reason when it is aborted. What was turned away (429, 503) is asked again after
 * `Retry-After`; what got no answer where asking twice does no harm. Writes of faces, people and events carry an
 * `Idempotency-Key`, so that they are among these.
 */
export class KithClient {
  /** Enrolling and recognising. */
  readonly faces: FacesApi;
  /** Whom faces belong to. */
  readonly people: PeopleApi;
  /** Groups of people. */
  readonly groups: GroupsApi;
  /** Recognitions that devices made. */
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
   * Any call of the API with a JSON answer, by the name that the OpenAPI document gives it (`operationId`). `input` has
   * the fields of path, query and body together. Pictures are URLs here, `data:` URLs too; `faces` takes files.
   * Left out are calls that answer with a file, a stream or plain text, and `addImportPicture`, which needs an upload: use
   * `Transport` for these.
   *
   *   const { webhooks } = await kith.call('listWebhooks', {});
   */
  call<Id extends CallId>(id: Id, input: Input<Id>, options: WriteOptions = {}): Promise<Answer<Id>> {
    return this.#transport.json({ ...prepareCall(id, input), ...options });
  }

  /** The pages of a list one after the other, from its `cursor` or the beginning. */
  async *pages<Id extends PagedId>(id: Id, input: Input<Id>, options: CallOptions = {}): AsyncGenerator<Answer<Id>> {
    let cursor: string | null | undefined;
    do {
      const page: Answer<Id> = await this.call(id, cursor ? { ...input, cursor } : input, options);
      yield page;
      cursor = (page as { next_cursor: string | null }).next_cursor;
    } while (cursor);
  }

  /**
   * Everything in a list, read page by page as it is asked for.
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
