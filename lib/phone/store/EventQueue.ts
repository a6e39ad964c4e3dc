import type { ScanDatabase, ScanSchema } from './openDatabase';
import type { Vault } from './Vault';

/** A recognition in the form that the server accepts. */
export interface QueuedEvent {
  id: string;
  /** RFC 3339, by this phone's clock. */
  at: string;
  face_id: number | null;
  person_id: number | null;
  trust: number;
  liveness: 'off' | 'passed' | 'failed';
  /** Lineage that both ids belong to; missing where it is not known. */
  lineage?: string;
  /** Who it may be, nearest first. Absent in recognitions of earlier versions that still wait. */
  candidates?: { face_id: number; trust: number; distance: number }[];
}

/** A recognition in the form that the list shows. */
export interface Recognition extends QueuedEvent {
  name: string | null;
  waiting: boolean;
}

type StoredEvent = QueuedEvent & {
  name: string | null;
  /** Id of an enrolment on this phone that the server does not have yet. The recognition waits for it. */
  enrolment: string | null;
};

/** Maximum number of sent recognitions kept for the list. */
const MAX_SENT = 50;

/**
 * An outbox of recognitions: each is stored before it is sent. Each has a UUID from the start and stays "waiting" until
 * the server confirms it. After a crash, a reload or a lost response it is sent again; the server accepts each id once.
 */
export class EventQueue {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  /**
   * Stores a recognition. Once resolved, it survives a crash. @throws WipedError when the phone was wiped since this
   * queue was opened
   */
  async add(seen: Omit<StoredEvent, 'id' | 'at'>): Promise<void> {
    const at = Date.now();
    const id = crypto.randomUUID();
    const sealed = await this.#vault.sealJson({ ...seen, id, at: new Date(at).toISOString() } satisfies StoredEvent);
    // Strict: the data must be on the disk, not in a buffer.
    await this.#vault.write(
      ['events'],
      (transaction) => transaction.objectStore('events').put({ id, at, waiting: 1, ...sealed }),
      { durability: 'strict' },
    );
  }

  /** Returns the number of recognitions that the server has not confirmed. */
  waiting(): Promise<number> {
    return this.#db.countFromIndex('events', 'waiting', 1);
  }

  /**
   * Returns the recognitions that may be sent, the oldest first. Leaves out people whose enrolment is still pending.
   */
  async ready(): Promise<QueuedEvent[]> {
    const waiting = await this.#waitingEvents();
    return waiting
      .flatMap(({ name: _, enrolment, ...event }) => (enrolment === null ? event : []))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  /** Resolves an enrolment: its recognitions get the new sample's id, or null (unknown) when the enrolment failed. */
  async settleEnrolment(enrolment: string, faceId: number | null): Promise<void> {
    for (const event of await this.#waitingEvents()) {
      if (event.enrolment !== enrolment) continue;
      const sealed = await this.#vault.sealJson({ ...event, enrolment: null, face_id: faceId } satisfies StoredEvent);
      await this.#vault.write(['events'], async (transaction) => {
        const events = transaction.objectStore('events');
        const row = await events.get(event.id);
        if (row) await events.put({ ...row, ...sealed });
      });
    }
  }

  /**
   * Applies the server's response: accepted recognitions (now or before) are no longer waiting, `rejected` ones are
   * deleted.
   */
  async settle(ids: string[], rejected: ReadonlySet<string>): Promise<void> {
    const transaction = this.#db.transaction('events', 'readwrite');
    for (const id of ids) {
      const row = await transaction.store.get(id);
      if (!row) continue;
      if (rejected.has(id)) void transaction.store.delete(id);
      else void transaction.store.put({ ...row, waiting: 0 });
    }
    await transaction.done;
  }

  /** Deletes confirmed recognitions, except the newest ones for the list. */
  async forgetOld(): Promise<void> {
    const transaction = this.#db.transaction('events', 'readwrite');
    let kept = 0;
    let cursor = await transaction.store.index('at').openCursor(null, 'prev');
    while (cursor) {
      if (cursor.value.waiting === 0 && ++kept > MAX_SENT) void cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.done;
  }

  /** Deletes confirmed recognitions of erased samples, with their names. The server rejects the waiting ones. */
  async forgetErased(isThere: (faceId: number) => Promise<boolean>): Promise<void> {
    for (const row of await this.#db.getAllFromIndex('events', 'waiting', 0)) {
      const { face_id: faceId = null } = (await this.#open(row)) ?? {};
      if (faceId !== null && !(await isThere(faceId))) await this.#db.delete('events', row.id);
    }
  }

  async #waitingEvents(): Promise<StoredEvent[]> {
    const rows = await this.#db.getAllFromIndex('events', 'waiting', 1);
    return (await Promise.all(rows.map((row) => this.#open(row)))).filter((event) => event !== null);
  }

  /** Null for a damaged row, which can never be opened: it is deleted, and the others go on. */
  async #open(row: ScanSchema['events']['value']): Promise<StoredEvent | null> {
    const event = await this.#vault.unsealJson<StoredEvent>(row).catch(() => null);
    if (!event) await this.#vault.discard('events', row.id);
    return event;
  }

  /** Returns the latest recognitions, the newest first. */
  async latest(limit: number): Promise<Recognition[]> {
    const rows = [];
    let cursor = await this.#db.transaction('events').store.index('at').openCursor(null, 'prev');
    while (cursor && rows.length < limit) {
      rows.push(cursor.value);
      cursor = await cursor.continue();
    }
    const opened = await Promise.all(
      rows.map(async (row) => {
        const event = await this.#open(row);
        return event && { ...event, waiting: row.waiting === 1 };
      }),
    );
    return opened.filter((event) => event !== null);
  }
}
