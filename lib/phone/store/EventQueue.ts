import type { ScanDatabase } from './openDatabase';
import type { Vault } from './Vault';

/** A recognition as the server takes it. */
export interface QueuedEvent {
  id: string;
  /** RFC 3339, by this phone's clock. */
  at: string;
  face_id: number | null;
  person_id: number | null;
  trust: number;
  liveness: 'off' | 'passed' | 'failed';
}

/** With what the list shows beside it. */
export interface Recognition extends QueuedEvent {
  name: string | null;
  waiting: boolean;
}

type Kept = QueuedEvent & {
  name: string | null;
  /** Somebody enrolled on this phone whom the server does not know yet; waits for them. */
  enrolment: string | null;
};

/** Recognitions kept for the list after they were sent. */
const KEPT = 50;

/**
 * Recognitions, written down before anything is sent. Each has a UUID from the start and stays "waiting" until the
 * server has said that it has it, so a crash, a reload or a lost answer only means sending it again, and the server
 * takes each id once.
 */
export class EventQueue {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  /** Writes a recognition down; when it resolves, it outlives a crash. @throws WipedError when it is of before a wipe */
  async add(seen: Omit<Kept, 'id' | 'at'>): Promise<void> {
    const at = Date.now();
    const id = crypto.randomUUID();
    const sealed = await this.#vault.sealJson({ ...seen, id, at: new Date(at).toISOString() } satisfies Kept);
    // Strict: "kept" has to be true of the disk, not of a buffer.
    await this.#vault.write(
      ['events'],
      (transaction) => transaction.objectStore('events').put({ id, at, waiting: 1, ...sealed }),
      { durability: 'strict' },
    );
  }

  /** How many the server does not have yet. */
  waiting(): Promise<number> {
    return this.#db.countFromIndex('events', 'waiting', 1);
  }

  /** What may be sent, the oldest first; not recognitions of people whose enrolment is still under way. */
  async ready(): Promise<QueuedEvent[]> {
    const waiting = await this.#waitingEvents();
    return waiting
      .flatMap(({ name: _, enrolment, ...event }) => (enrolment === null ? event : []))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  /** An enrolment has come to its end: recognitions of it now have a sample, or are of nobody known. */
  async settleEnrolment(enrolment: string, faceId: number | null): Promise<void> {
    for (const event of await this.#waitingEvents()) {
      if (event.enrolment !== enrolment) continue;
      const sealed = await this.#vault.sealJson({ ...event, enrolment: null, face_id: faceId } satisfies Kept);
      await this.#vault.write(['events'], async (transaction) => {
        const events = transaction.objectStore('events');
        const row = await events.get(event.id);
        if (row) await events.put({ ...row, ...sealed });
      });
    }
  }

  /** The server has answered for these: kept now or before, or (rejected) never to be taken. */
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

  /** Forgets what the server has, but for the last ones, which the list shows. */
  async forgetOld(): Promise<void> {
    const transaction = this.#db.transaction('events', 'readwrite');
    let kept = 0;
    let cursor = await transaction.store.index('at').openCursor(null, 'prev');
    while (cursor) {
      if (cursor.value.waiting === 0 && ++kept > KEPT) void cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.done;
  }

  /** Takes recognitions of samples that are erased off the list, with the names in them. What waits, the server refuses. */
  async forgetErased(isThere: (faceId: number) => Promise<boolean>): Promise<void> {
    for (const row of await this.#db.getAllFromIndex('events', 'waiting', 0)) {
      const { face_id: faceId } = await this.#vault.unsealJson<Kept>(row);
      if (faceId !== null && !(await isThere(faceId))) await this.#db.delete('events', row.id);
    }
  }

  async #waitingEvents(): Promise<Kept[]> {
    const rows = await this.#db.getAllFromIndex('events', 'waiting', 1);
    return Promise.all(rows.map((row) => this.#vault.unsealJson<Kept>(row)));
  }

  /** The last recognitions, the newest first. */
  async latest(limit: number): Promise<Recognition[]> {
    const rows = [];
    let cursor = await this.#db.transaction('events').store.index('at').openCursor(null, 'prev');
    while (cursor && rows.length < limit) {
      rows.push(cursor.value);
      cursor = await cursor.continue();
    }
    return Promise.all(
      rows.map(async (row) => ({ ...(await this.#vault.unsealJson<Kept>(row)), waiting: row.waiting === 1 })),
    );
  }
}
