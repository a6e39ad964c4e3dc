import type { FeedFace, FeedPosition, FeedState, FeedStore, FeedWrite } from '../feed/types.ts';

/** The two object stores of faces: the live gallery, and the staged one, if any. */
const GALLERIES = ['a', 'b'] as const;
type Gallery = (typeof GALLERIES)[number];
/** Object store with one record, `Meta`, under the same key. */
const META = 'meta';
/** Faces per batch of `faces()`. */
const BATCH = 2_000;

interface Meta {
  live: Gallery;
  position: FeedPosition;
  staged: FeedPosition | null;
}

const EMPTY: Meta = { live: 'a', position: { model: null, lastUpdatedAt: 0 }, staged: null };

/**
 * A store in IndexedDB (`@kith/sdk/indexeddb`). Encodings are not encrypted: anyone with access to the browser's
 * profile can read them. Each write is one transaction.
 */
export class IndexedDbFeedStore implements FeedStore {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** Opens the database `name` of this origin; creates it if needed. Rejects with the browser's `DOMException`. */
  static async open(name = 'kith-gallery'): Promise<IndexedDbFeedStore> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const gallery of GALLERIES) opening.result.createObjectStore(gallery, { keyPath: 'faceId' });
      opening.result.createObjectStore(META);
    };
    const database = await resultOf(opening);
    // Close, so that another tab can delete the database without waiting.
    database.onversionchange = () => database.close();
    return new IndexedDbFeedStore(database);
  }

  /** See {@link FeedStore}. */
  async state(): Promise<FeedState> {
    const { position, staged } = await readMeta(this.#database.transaction(META).objectStore(META));
    return { live: position, staged };
  }

  /** See {@link FeedStore}. */
  async write({ faces, deleted, target, begins, publishes, position }: FeedWrite): Promise<void> {
    const transaction = this.#database.transaction([...GALLERIES, META], 'readwrite', { durability: 'strict' });
    const done = endOf(transaction);
    const metaStore = transaction.objectStore(META);
    const meta = await readMeta(metaStore);
    const other = meta.live === 'a' ? 'b' : 'a';
    const gallery = transaction.objectStore(target === 'live' ? meta.live : other);
    if (begins) gallery.clear();
    for (const face of faces) gallery.put(face);
    for (const { faceId } of deleted) gallery.delete(faceId);
    if (publishes) transaction.objectStore(meta.live).clear();
    const after: Meta = publishes
      ? { live: other, position, staged: null }
      : { ...meta, ...(target === 'live' ? { position } : { staged: position }) };
    metaStore.put(after, META);
    await done;
  }

  /** See {@link FeedStore}. */
  async *faces(): AsyncGenerator<FeedFace[]> {
    const { live } = await readMeta(this.#database.transaction(META).objectStore(META));
    let after: IDBKeyRange | null = null;
    for (;;) {
      const request = this.#database.transaction(live).objectStore(live).getAll(after, BATCH);
      const batch = (await resultOf(request)) as FeedFace[];
      const last = batch.at(-1);
      if (!last) return;
      // Faces that were stored by a version without groups have none.
      yield batch.map((face) => ({ ...face, groups: face.groups ?? [] }));
      after = IDBKeyRange.lowerBound(last.faceId, true);
    }
  }

  /** Closes the database; nothing else may be called afterwards. */
  close(): void {
    this.#database.close();
  }
}

async function readMeta(store: IDBObjectStore): Promise<Meta> {
  return ((await resultOf(store.get(META))) as Meta | undefined) ?? EMPTY;
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  // The caller that awaits it handles the rejection; a failed request may reject first.
  done.catch(() => {});
  return done;
}
