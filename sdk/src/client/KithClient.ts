import { DevicesApi } from './DevicesApi.ts';
import { EventsApi } from './EventsApi.ts';
import { FacesApi } from './FacesApi.ts';
import { FeedApi } from './FeedApi.ts';
import { GroupsApi } from './GroupsApi.ts';
import { PeopleApi } from './PeopleApi.ts';
import { Transport, type TransportOptions } from './Transport.ts';

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

  constructor(options: KithClientOptions) {
    const transport = new Transport(options);
    this.faces = new FacesApi(transport);
    this.people = new PeopleApi(transport);
    this.groups = new GroupsApi(transport);
    this.events = new EventsApi(transport);
    this.devices = new DevicesApi(transport);
    this.feed = new FeedApi(transport);
  }
}
