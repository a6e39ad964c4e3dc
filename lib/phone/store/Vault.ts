import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import type { ScanDatabase, ScanSchema } from './openDatabase';
import type { Sealed } from './Sealed';

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

/**
 * The phone was wiped after this vault was opened. Its key is gone, so data that it sealed could not be opened and is
 * not stored.
 */
export class WipedError extends Error {
  override readonly name = 'WipedError';

  constructor() {
    super('This phone was wiped meanwhile.');
  }
}

/** The key is gone, but data that was sealed with it is still there: it can never be opened again. */
export class LostKeyError extends Error {
  override readonly name = 'LostKeyError';

  /** @param unsent recognitions and enrolments that the server had not confirmed */
  constructor(readonly unsent: number) {
    super('The key of this phone is gone.');
  }
}

/**
 * Encrypts the data stored on the phone. The key is generated here, cannot be exported and never leaves the browser's
 * storage. Wiping deletes the key too. The browser drops the old bytes of both when it compacts its files, not before
 * (docs/threat-model.md).
 */
export class Vault {
  readonly #db: ScanDatabase;
  readonly #key: CryptoKey;
  readonly #generation: string;

  private constructor(db: ScanDatabase, key: CryptoKey, generation: string) {
    this.#db = db;
    this.#key = key;
    this.#generation = generation;
  }

  /** Opens the vault of a database. The first call generates the key. @throws LostKeyError */
  static async open(db: ScanDatabase): Promise<Vault> {
    const kept = await find(db.transaction('keys').store);
    if (kept.key && kept.generation) return new Vault(db, kept.key, kept.generation);
    if (!kept.key) await refuseWithoutKey(db);
    const made = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
    // Two tabs may get here at once: the first one to write wins, inside one transaction.
    const transaction = db.transaction('keys', 'readwrite');
    const { key = made, generation = crypto.randomUUID() } = await find(transaction.store);
    const { store } = transaction;
    await Promise.all([store.put(key, 'vault'), store.put(generation, 'generation'), transaction.done]);
    return new Vault(db, key, generation);
  }

  /**
   * Stores sealed data in one transaction. Another tab may wipe the phone while this one seals, so the transaction
   * checks that the key is still the same.
   * @throws WipedError when the key changed, and what the transaction fails with
   */
  async write<Name extends Exclude<StoreNames<ScanSchema>, 'keys'>>(
    stores: Name[],
    work: (transaction: IDBPTransaction<ScanSchema, ('keys' | Name)[], 'readwrite'>) => unknown,
    options?: IDBTransactionOptions,
  ): Promise<void> {
    const names: ('keys' | Name)[] = ['keys', ...stores];
    const transaction = this.#db.transaction(names, 'readwrite', options);
    if ((await transaction.objectStore('keys').get('generation')) !== this.#generation) {
      transaction.abort();
      await transaction.done.catch(() => undefined);
      throw new WipedError();
    }
    await Promise.all([work(transaction), transaction.done]);
  }

  /** Deletes a row that cannot be opened, unless the phone was wiped: then it may be sealed with the new key. */
  async discard(store: 'events' | 'enrolments', id: string): Promise<void> {
    await this.write([store], (transaction) => transaction.objectStore(store).delete(id)).catch((error: unknown) => {
      if (!(error instanceof WipedError)) throw error;
    });
  }

  async seal(bytes: BufferSource): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    return { iv, data: await crypto.subtle.encrypt({ name: ALGORITHM, iv }, this.#key, bytes) };
  }

  /** Decrypts. Throws when the data was sealed with another key or was changed. */
  async unseal({ iv, data }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await crypto.subtle.decrypt({ name: ALGORITHM, iv }, this.#key, data));
  }

  sealJson(value: unknown): Promise<Sealed> {
    return this.seal(new TextEncoder().encode(JSON.stringify(value)));
  }

  /** Decrypts the result of `sealJson`. The caller knows its type, because it wrote it. */
  async unsealJson<T>(sealed: Sealed): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await this.unseal(sealed)));
  }
}

/** @throws LostKeyError where sealed data is kept */
async function refuseWithoutKey(db: ScanDatabase): Promise<void> {
  const transaction = db.transaction(['keys', 'records', 'segments', 'events', 'enrolments']);
  const { key } = await find(transaction.objectStore('keys'));
  const sealed = ['records', 'segments', 'events', 'enrolments'] as const;
  const counts = await Promise.all(sealed.map((name) => transaction.objectStore(name).count()));
  if (key || counts.every((count) => count === 0)) return;
  const unsent = await transaction.objectStore('events').index('waiting').count(1);
  throw new LostKeyError(unsent + (counts[3] ?? 0));
}

async function find(
  keys: Pick<IDBPObjectStore<ScanSchema, ['keys'], 'keys', IDBTransactionMode>, 'get'>,
): Promise<{ key?: CryptoKey; generation?: string }> {
  const [key, generation] = await Promise.all([keys.get('vault'), keys.get('generation')]);
  return { ...(typeof key === 'object' && { key }), ...(typeof generation === 'string' && { generation }) };
}
