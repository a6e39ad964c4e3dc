import {
  type FeedFace,
  type FeedPosition,
  type FeedState,
  type FeedStore,
  FeedSum,
  type FeedSummary,
  type FeedWrite,
} from '@kith/sdk';
import type { DirectoryEntry, GalleryState, Generation, ScanDatabase } from './openDatabase';
import { packSegment, unpackSegment } from './segment';
import type { Vault } from './Vault';

/** Samples per sealed segment. A change rewrites a segment (300 KB); opening a gallery unseals each segment once. */
const SEGMENT_FACES = 500;

const EMPTY: GalleryState = {
  live: { id: 1, model: null, lastUpdatedAt: 0 },
  staged: null,
  version: 0,
  nextGeneration: 2,
  nextSegment: 1,
};

/** A stored segment is missing or cannot be opened: the gallery must be fetched again. */
export class DamagedGalleryError extends Error {
  override readonly name = 'DamagedGalleryError';

  constructor(options?: ErrorOptions) {
    super('A part of the faces on this phone is damaged.', options);
  }
}

interface Loaded {
  state: GalleryState;
  directory: Map<number, DirectoryEntry>;
  /** By generation: the segment of each sample. */
  places: Map<number, Map<number, number>>;
}

/**
 * The phone's gallery in IndexedDB, in sealed segments. Each write of the feed is one transaction. Sealing happens
 * before it, because a transaction does not wait for it. A deleted sample leaves no copy: its segment is sealed again
 * without it. Writers hold the Web Lock `SYNC_LOCK`; readers need no lock.
 */
export class GalleryStore implements FeedStore {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;
  #loaded: Loaded | null = null;

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async state(): Promise<FeedState> {
    const { live, staged } = (await this.#load()).state;
    return { live: positionOf(live), staged: staged && positionOf(staged) };
  }

  async write(write: FeedWrite): Promise<void> {
    const loaded = await this.#load();
    const plan = await this.#plan(loaded, write);
    await this.#vault.write(['gallery', 'directory', 'segments'], (transaction) => {
      const directory = transaction.objectStore('directory');
      const segments = transaction.objectStore('segments');
      return Promise.all([
        ...plan.removed.flatMap((segment) => [directory.delete(segment), segments.delete(segment)]),
        ...plan.written.flatMap(({ entry, sealed }) => [
          directory.put(entry),
          segments.put({ segment: entry.segment, ...sealed }),
        ]),
        transaction.objectStore('gallery').put(plan.state, 'state'),
      ]);
    });
    apply(loaded, plan);
  }

  /** Reads the live gallery, segment by segment. */
  async *faces(): AsyncGenerator<FeedFace[]> {
    const state = (await this.#db.get('gallery', 'state')) ?? EMPTY;
    for (const { segment } of await this.#db.getAllFromIndex('directory', 'generation', state.live.id)) {
      const faces = await this.#open(segment);
      if (faces) yield faces;
    }
  }

  /**
   * Returns count and checksum of the live gallery. The directory has the sums of each segment, so that no segment is
   * opened. A gallery with a missing or damaged segment equals no server's.
   */
  async summary(): Promise<FeedSummary> {
    const { state, directory } = await this.#load();
    const present = new Set(await this.#db.getAllKeys('segments'));
    const sum = new FeedSum();
    for (const entry of directory.values()) {
      if (entry.generation !== state.live.id) continue;
      const sums = present.has(entry.segment) ? (entry.sums ?? (await this.#sumUp(entry))) : null;
      if (!sums) return DIFFERENT;
      sum.addSums(...sums);
    }
    return sum.summary;
  }

  /** Sums a segment of an earlier version, once. Null when it is damaged. */
  async #sumUp(entry: DirectoryEntry): Promise<DirectoryEntry['sums'] | null> {
    const faces = await this.#open(entry.segment).catch(() => null);
    if (!faces) return null;
    entry.sums = sumsOf(faces);
    await this.#vault.write(['directory'], (transaction) => transaction.objectStore('directory').put(entry));
    return entry.sums;
  }

  /** Opens a segment; null when there is none. Throws DamagedGalleryError. */
  async #open(segment: number): Promise<FeedFace[] | null> {
    const sealed = await this.#db.get('segments', segment);
    if (!sealed) return null;
    try {
      return unpackSegment(await this.#vault.unseal(sealed));
    } catch (cause) {
      throw new DamagedGalleryError({ cause });
    }
  }

  /** Returns the number of samples in the live gallery. */
  async size(): Promise<number> {
    const { state, places } = await this.#load();
    return places.get(state.live.id)?.size ?? 0;
  }

  /** Returns whether a sample is in the live gallery. */
  async has(faceId: number): Promise<boolean> {
    const { state, places } = await this.#load();
    return places.get(state.live.id)?.has(faceId) ?? false;
  }

  /** Returns the directory; reads it again if another writer has changed it. */
  async #load(): Promise<Loaded> {
    const state = (await this.#db.get('gallery', 'state')) ?? EMPTY;
    if (this.#loaded?.state.version === state.version) return this.#loaded;
    const loaded: Loaded = { state, directory: new Map(), places: new Map() };
    for (const entry of await this.#db.getAll('directory')) place(loaded, entry);
    this.#loaded = loaded;
    return loaded;
  }

  async #plan({ state, directory, places }: Loaded, write: FeedWrite): Promise<Plan> {
    const { target, begins, publishes } = write;
    const before = target === 'live' ? state.live : state.staged;
    let { nextGeneration, nextSegment } = state;
    const fresh = begins || !before;
    const generation: Generation = { id: fresh ? nextGeneration++ : before.id, ...write.position };

    const faces = new Map(write.faces.map((face) => [face.faceId, face]));
    const gone = new Set(write.deleted.map(({ faceId }) => faceId));
    for (const faceId of gone) faces.delete(faceId);
    const here = fresh ? new Map<number, number>() : (places.get(generation.id) ?? new Map<number, number>());
    const own = fresh ? [] : [...directory.values()].filter((entry) => entry.generation === generation.id);

    // Segments with replaced or deleted samples, and the last one while it has room.
    const touched = new Set([...faces.keys(), ...gone].flatMap((faceId) => here.get(faceId) ?? []));
    const last = own.reduce<DirectoryEntry | null>((a, b) => (a && a.segment > b.segment ? a : b), null);
    if (last && faces.size > 0 && last.faceIds.length < SEGMENT_FACES) touched.add(last.segment);

    const written: Plan['written'] = [];
    const removed: number[] = [];
    let incoming = [...faces.values()];
    for (const segment of touched) {
      const entry = directory.get(segment);
      const stored = await this.#open(segment);
      if (!entry || !stored) throw new DamagedGalleryError();
      const kept = stored.filter(({ faceId }) => !gone.has(faceId) && !faces.has(faceId));
      const room = Math.max(0, SEGMENT_FACES - kept.length);
      kept.push(...incoming.slice(0, room));
      incoming = incoming.slice(room);
      if (kept.length === 0) removed.push(segment);
      else written.push(await this.#segment(kept, segment, generation.id, entry.version + 1));
    }
    for (let i = 0; i < incoming.length; i += SEGMENT_FACES) {
      written.push(await this.#segment(incoming.slice(i, i + SEGMENT_FACES), nextSegment++, generation.id, 1));
    }

    const live = target === 'live' || publishes ? generation : state.live;
    const staged = target === 'live' || publishes ? null : generation;
    const alive = new Set([live.id, staged?.id]);
    for (const entry of directory.values()) if (!alive.has(entry.generation)) removed.push(entry.segment);
    return {
      state: { live, staged, version: state.version + 1, nextGeneration, nextSegment },
      written,
      removed,
    };
  }

  async #segment(faces: FeedFace[], segment: number, generation: number, version: number) {
    const faceIds = faces.map(({ faceId }) => faceId);
    const entry: DirectoryEntry = { segment, generation, version, faceIds, sums: sumsOf(faces) };
    return { entry, sealed: await this.#vault.seal(packSegment(faces)) };
  }
}

interface Plan {
  state: GalleryState;
  written: { entry: DirectoryEntry; sealed: Awaited<ReturnType<Vault['seal']>> }[];
  removed: number[];
}

function apply(loaded: Loaded, { state, written, removed }: Plan): void {
  loaded.state = state;
  for (const segment of removed) unplace(loaded, segment);
  for (const { entry } of written) unplace(loaded, entry.segment);
  for (const { entry } of written) place(loaded, entry);
}

function place({ directory, places }: Loaded, entry: DirectoryEntry): void {
  directory.set(entry.segment, entry);
  const here = places.get(entry.generation) ?? new Map<number, number>();
  places.set(entry.generation, here);
  for (const faceId of entry.faceIds) here.set(faceId, entry.segment);
}

function unplace({ directory, places }: Loaded, segment: number): void {
  const entry = directory.get(segment);
  if (!entry) return;
  directory.delete(segment);
  const here = places.get(entry.generation);
  for (const faceId of entry.faceIds) if (here?.get(faceId) === segment) here.delete(faceId);
  if (here?.size === 0) places.delete(entry.generation);
}

function positionOf({ id: _, ...position }: Generation): FeedPosition {
  return position;
}

/** The summary of a damaged gallery: no server has it. */
const DIFFERENT: FeedSummary = { count: -1, checksum: '' };

function sumsOf(faces: FeedFace[]): FeedSum['sums'] {
  const sum = new FeedSum();
  for (const { faceId, updatedAt } of faces) sum.add(faceId, updatedAt);
  return sum.sums;
}
