import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DeviceSettings,
  KithApiError,
  KithClient,
  LocalGallery,
  MATCHING_VERSION,
  type NewEvent,
  type RecordedEvents,
} from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import type { DataDirLock } from '@/lib/server/platform/dataDirLock';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { tell } from '../output';
import { explain } from '../run';
import { lockCamera } from './lockCamera';
import { Spool, type Waiting } from './Spool';
import { cameraFolder } from './stateFolder';

export interface ServerLinkOptions {
  server: string;
  /** An API key with the scopes `sync` and `events:write`, or the token of a device. */
  key: string;
  /** Name of the camera on the server. */
  name: string;
  /** Folder of the gallery and the unsent recognitions. */
  state: string;
  /** Used instead of the gallery in `state`. */
  galleryPath?: string | undefined;
  /** Called when people were enrolled, changed or erased. */
  onGalleryChange?: () => void;
  /** Seconds between two contacts with an API key. A device has its own setting. */
  contactSeconds?: number;
  /** Number of automatic retries by the client. In any case, the link tries again at its next contact. */
  retries?: number;
}

const CONTACT_SECONDS = 10;
/** Maximum wait between two attempts while the server does not respond, so that its return is noticed soon. */
const MAX_WAIT_SECONDS = 60;
/** Maximum number of recognitions per request. */
const BATCH = 100;
const TIMEOUT_MS = 20_000;
/** HTTP statuses that do not change until somebody changes the address or the key. */
const REFUSED = [400, 401, 403, 404];

/**
 * A camera's link to its server. It follows the feed, and sends recognitions, each once. During an outage it works with
 * the data it has, and sends the rest afterwards.
 */
export class ServerLink {
  readonly gallery: LocalGallery;
  /** The server's settings for this device; null with an API key. */
  settings: DeviceSettings | null = null;
  readonly #kith: KithClient;
  readonly #spool: Spool;
  readonly #options: ServerLinkOptions;
  readonly #folder: string;
  readonly #galleryPath: string;
  readonly #lock: DataDirLock;
  /** Whether the key is the token of a device; null until the server has told. */
  #isDevice: boolean | null = null;
  #failures = 0;
  #lastProblem = '';
  #wake = () => {};
  /** Whether a recognition was added since the last sending began. */
  #hasNews = false;
  /** When the next contact is due, on `performance.now()`. */
  #contactDueAt = 0;

  private constructor(
    options: ServerLinkOptions,
    parts: {
      kith: KithClient;
      gallery: LocalGallery;
      spool: Spool;
      folder: string;
      galleryPath: string;
      lock: DataDirLock;
    },
  ) {
    this.#options = options;
    this.gallery = parts.gallery;
    this.#kith = parts.kith;
    this.#spool = parts.spool;
    this.#folder = parts.folder;
    this.#galleryPath = parts.galleryPath;
    this.#lock = parts.lock;
  }

  /**
   * Opens the data of an earlier run, and makes the first contact. Without a stored gallery, it waits until the server
   * responds.
   * @throws KithApiError if the server refuses the key
   * @throws CliError if the server's encodings are of another model, or if another command uses this name
   */
  static async open(options: ServerLinkOptions, signal: AbortSignal): Promise<ServerLink> {
    const { server, key, state, retries } = options;
    const folder = await cameraFolder(state, options);
    const galleryPath = options.galleryPath ?? join(folder, 'gallery.kith');
    const lock = await lockCamera(folder, options.name);
    try {
      const kith = new KithClient({ url: server, key, timeoutMs: TIMEOUT_MS, retries });
      const gallery = await LocalGallery.open({ store: await FileFeedStore.open(galleryPath), source: kith.feed.read });
      const spool = await Spool.open(join(folder, 'spool'));
      const link = new ServerLink(options, { kith, gallery, spool, folder, galleryPath, lock });
      await link.#contact(signal, { isFirst: true });
      while (gallery.position.model === null && !signal.aborted) {
        await link.#pause(signal);
        await link.#contact(signal, { isFirst: true });
      }
      return link;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Stays in contact until `signal` is aborted. Rejects as {@link open} does. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#pause(signal);
      if (signal.aborted) return;
      if (performance.now() < this.#contactDueAt) await this.#attempt(() => this.#flush(signal), signal);
      else await this.#contact(signal);
    }
  }

  /** Adds a recognition. Once resolved, it will reach the server, however often either side restarts. */
  async add(event: NewEvent): Promise<void> {
    try {
      await this.#spool.add({ ...event, source: this.#options.name });
    } catch (error) {
      tell(`kith: ${explain(error).message}. The recognition waits in memory only.`);
    }
    this.#hasNews = true;
    this.#wake();
  }

  /** Sends the waiting recognitions, with a short time limit. The rest is sent when the command runs again. */
  async close(): Promise<void> {
    const signal = AbortSignal.timeout(3_000);
    if (this.#failures === 0) await this.#flush(signal).catch(() => {});
    const waiting = await this.#spool.size();
    if (waiting > 0) tell(`kith: ${waiting} recognitions wait. They are sent when the command runs again.`);
    await this.unlock();
  }

  /** Releases the name for other commands. The end of the process does so too. */
  async unlock(): Promise<void> {
    await this.#lock.release();
  }

  async #contact(signal: AbortSignal, { isFirst = false } = {}): Promise<void> {
    await this.#attempt(
      async () => {
        await this.#report(signal);
        await this.#flush(signal);
        const { faces, deleted, restarted } = await this.gallery.sync({ signal });
        this.#checkModel();
        if (faces + deleted > 0 || restarted) this.#options.onGalleryChange?.();
      },
      signal,
      isFirst,
    );
    const { contactSeconds = CONTACT_SECONDS } = this.#options;
    const seconds = this.settings?.sync_seconds ?? contactSeconds;
    const wait = this.#failures === 0 ? seconds : Math.min(2 ** (this.#failures - 1), MAX_WAIT_SECONDS);
    this.#contactDueAt = performance.now() + wait * 1000;
  }

  /** Contacts the server. Counts failures in a row, and reports an error that differs from the last one. */
  async #attempt(talk: () => Promise<void>, signal: AbortSignal, isFirst = false): Promise<void> {
    try {
      await talk();
      if (this.#failures > 0) tell('kith: the server responds again.');
      this.#failures = 0;
      this.#lastProblem = '';
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CliError) throw error;
      await this.#wipeIfRevoked(error);
      // At the start, the user can correct a wrong key. Later the camera continues, because the key may be restored.
      if (isFirst && error instanceof KithApiError && REFUSED.includes(error.status) && this.#isFinal(error))
        throw error;
      this.#failures += 1;
      // This command has another option for the server than all others.
      const message = explain(error).message.replace('--url (or KITH_URL)', '--server');
      if (message !== this.#lastProblem) tell(`kith: ${message} Recognitions wait; trying again.`);
      this.#lastProblem = message;
    }
  }

  /**
   * Returns whether an error cannot be an outage. If a stored gallery exists, a proxy without its server is an outage;
   * otherwise the address is taken to be wrong.
   */
  #isFinal(error: KithApiError): boolean {
    return isRefusal(error) || this.gallery.position.model === null;
  }

  /**
   * Reports this device's state to the server, and reads its settings. For an API key, the server answers that it is
   * not a device.
   */
  async #report(signal: AbortSignal): Promise<void> {
    if (this.#isDevice === false) return;
    const state = {
      gallery_version: this.gallery.position.lastUpdatedAt,
      gallery_faces: this.gallery.size,
      waiting_events: await this.#spool.size(),
      matching: MATCHING_VERSION,
    };
    try {
      const before = this.settings;
      this.settings = await this.#kith.devices.contact(state, { signal });
      this.#isDevice = true;
      const { liveness, matching } = this.settings;
      if (matching > MATCHING_VERSION && before?.matching !== matching) {
        tell('kith: the server compares faces by a newer rule. Update this command: until then it names nobody.');
      }
      if (liveness !== 'off' && before?.liveness !== liveness) {
        tell('kith: this command does not check liveness. Its recognitions are reported as not checked.');
      }
    } catch (error) {
      if (!isRefusal(error) || error.status !== 403) throw error;
      this.#isDevice = false;
    }
  }

  async #flush(signal: AbortSignal): Promise<void> {
    if (this.#isDevice === null) await this.#report(signal);
    this.#hasNews = false;
    for (;;) {
      const waiting = await this.#spool.oldest(BATCH);
      if (waiting.length === 0) return;
      await this.#send(waiting, signal);
    }
  }

  async #send(waiting: Waiting[], signal: AbortSignal): Promise<void> {
    try {
      this.#tellRejected(await this.#record(waiting, signal));
      await this.#spool.remove(waiting);
    } catch (error) {
      if (!isRefusal(error) || error.status !== 400) throw error;
      // A recognition that the server cannot read must not block the others.
      const [first, ...others] = waiting;
      if (first && others.length > 0) for (const one of waiting) await this.#send([one], signal);
      else if (first) {
        tell(`kith: the server does not take a recognition, which is set aside: ${error.message}`);
        await this.#spool.setAside(first);
      }
    }
  }

  async #record(waiting: Waiting[], signal: AbortSignal): Promise<RecordedEvents['rejected']> {
    // The server knows a device's name. Senders with an API key are distinguished by this name. Before the first
    // contact, it is unknown which of both applies.
    const events = waiting.map(({ event }) => (this.#isDevice ? without(event, 'source') : event));
    try {
      return (await this.#kith.events.record(events, { signal })).rejected;
    } catch (error) {
      const isOlder = isRefusal(error) && error.status === 400 && /source|lineage/.test(error.message);
      if (!isOlder) throw error;
      // A server of an earlier version rejects unknown fields.
      const known = events.map((event) => without(event, 'source', 'lineage'));
      return (await this.#kith.events.record(known, { signal })).rejected;
    }
  }

  #tellRejected(rejected: RecordedEvents['rejected']): void {
    for (const reason of new Set(rejected.map(({ reason }) => reason))) {
      tell(`kith: the server rejected a recognition: ${reason}`);
    }
  }

  #checkModel(): void {
    const { model } = this.gallery.position;
    if (model === null || model === MODEL_ID) return;
    throw new CliError(
      `The server has encodings of the model ${model}, and this command uses ${MODEL_ID}. Use the same version on both.`,
    );
  }

  /** Erases the data of a revoked device, as a phone does. */
  async #wipeIfRevoked(error: unknown): Promise<void> {
    if (!(error instanceof KithApiError) || error.body?.revoked !== true) return;
    await Promise.all(
      [this.#galleryPath, `${this.#galleryPath}.new`, this.#folder].map((path) =>
        rm(path, { recursive: true, force: true }),
      ),
    );
    throw new CliError('This device was revoked. Its gallery and what waited were erased.', { exitCode: EXIT.server });
  }

  /** Waits until the next contact is due, or until a recognition was added while the server responds. */
  async #pause(signal: AbortSignal): Promise<void> {
    if (this.#hasNews && this.#failures === 0) return;
    const woken = new AbortController();
    this.#wake = () => {
      if (this.#failures === 0) woken.abort();
    };
    const stop = () => woken.abort();
    signal.addEventListener('abort', stop, { once: true });
    const wait = Math.max(0, this.#contactDueAt - performance.now());
    if (!signal.aborted) await sleep(wait, undefined, { signal: woken.signal }).catch(() => {});
    signal.removeEventListener('abort', stop);
    this.#wake = () => {};
  }
}

/** Returns whether Kith itself refused the call, not a proxy in front of it. */
const isRefusal = (error: unknown): error is KithApiError => error instanceof KithApiError && error.body !== null;

/** Returns a recognition without some of its fields. */
function without(event: NewEvent, ...fields: ('source' | 'lineage')[]): NewEvent {
  const rest = { ...event };
  for (const field of fields) delete rest[field];
  return rest;
}
