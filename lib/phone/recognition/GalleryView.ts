import { ExactMatcher, encodingFromBytes, trust } from '@kith/sdk';
import type { DirectoryEntry, GalleryState, ScanDatabase } from '@/lib/phone/store/openDatabase';
import { unpackSegment } from '@/lib/phone/store/segment';
import type { Vault } from '@/lib/phone/store/Vault';
import type { Match } from '@/lib/phone/vision/pipeline';
import type { Identity } from '@/lib/phone/vision/protocol';
import { MAX_CANDIDATES } from '@/lib/shared/contract/maxCandidates';
import { identityKey } from '@/lib/shared/trust/identityKey';

/** Segments read in parallel: enough to keep the disk busy, few enough to stay below 10 MB of sealed bytes. */
const BATCH = 16;

/** Version and face ids of each segment that was read. */
type Segments = Map<number, { version: number; faceIds: number[] }>;

interface Who {
  personId: number | null;
  name: string | null;
}

/**
 * The gallery in memory, searchable. Reads what `GalleryStore` wrote, in any tab. `refresh` reads only the segments
 * that changed.
 */
export class GalleryView {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;
  #matcher = new ExactMatcher();
  #who = new Map<number, Who>();
  #segments: Segments = new Map();
  #seen: { version: number; generation: number; lineage?: string } = { version: -1, generation: -1 };
  /** Segments that are missing or cannot be opened. */
  #damaged = new Set<number>();

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  get size(): number {
    return this.#matcher.size;
  }

  /** Whether a part of the gallery cannot be read, so that a face that matches nobody may be known. */
  get isDamaged(): boolean {
    return this.#damaged.size > 0;
  }

  /** Number of distinct people and unassigned faces. */
  get people(): number {
    const named = new Set<number>();
    let unnamed = 0;
    for (const { personId } of this.#who.values()) {
      if (personId === null) unnamed++;
      else named.add(personId);
    }
    return named.size + unnamed;
  }

  /** Reads the changes since the last call. Returns true when something changed. */
  async refresh(): Promise<boolean> {
    const transaction = this.#db.transaction(['gallery', 'directory']);
    const [state, directory] = await Promise.all([
      transaction.objectStore('gallery').get('state'),
      transaction.objectStore('directory').getAll(),
    ]);
    if (!state || state.version === this.#seen.version) return false;
    const entries = directory.filter(({ generation }) => generation === state.live.id);
    if (this.#seen.generation !== state.live.id) return this.#readAll(state, entries);

    const present = new Set(entries.map(({ segment }) => segment));
    const changed = entries.filter(({ segment, version }) => this.#segments.get(segment)?.version !== version);
    const rewritten = new Set(changed.map(({ segment }) => segment));
    const gone = new Set<number>();
    for (const [segment, { faceIds }] of this.#segments) {
      if (present.has(segment) && !rewritten.has(segment)) continue;
      this.#damaged.delete(segment);
      for (const faceId of faceIds) gone.add(faceId);
      this.#segments.delete(segment);
    }
    const { read, damaged } = await this.#read(changed, this.#matcher, this.#who);
    for (const segment of await this.#reallyDamaged(damaged, state)) this.#damaged.add(segment);
    for (const [segment, { version, faceIds }] of read) {
      this.#segments.set(segment, { version, faceIds });
      for (const faceId of faceIds) gone.delete(faceId);
    }
    for (const faceId of gone) {
      this.#matcher.remove(faceId);
      this.#who.delete(faceId);
    }
    this.#saw(state);
    return true;
  }

  #saw({ version, live: { id: generation, lineage } }: GalleryState): void {
    this.#seen = { version, generation, ...(lineage !== undefined && { lineage }) };
  }

  /** A segment that a writer replaced after the directory was read is not damaged: the next refresh reads it. */
  async #reallyDamaged(damaged: Set<number>, { version }: GalleryState): Promise<Set<number>> {
    if (damaged.size === 0) return damaged;
    return (await this.#db.get('gallery', 'state'))?.version === version ? damaged : new Set();
  }

  /** Returns the nearest person and the trust; null when the gallery is empty. */
  nearest(encoding: Float32Array): (Match & { identity: Identity }) | null {
    const found = this.#matcher.search(encoding, MAX_CANDIDATES);
    const [best] = found;
    if (!best) return null;
    const { personId, name } = this.#who.get(best.faceId) ?? { personId: null, name: null };
    const key = identityKey(personId, best.faceId);
    const { lineage } = this.#seen;
    return {
      identity: { key, faceId: best.faceId, personId, name, enrolment: null, ...(lineage && { lineage }) },
      trust: trust(best.distance),
      candidates: found.map(({ faceId, distance }) => ({ faceId, distance, trust: trust(distance) })),
    };
  }

  /** Reads a new generation. The old one stays searchable until the new one is complete. */
  async #readAll(state: GalleryState, entries: DirectoryEntry[]): Promise<true> {
    const matcher = new ExactMatcher();
    const who = new Map<number, Who>();
    const { read, damaged } = await this.#read(entries, matcher, who);
    this.#damaged = await this.#reallyDamaged(damaged, state);
    this.#segments = read;
    this.#matcher = matcher;
    this.#who = who;
    this.#saw(state);
    return true;
  }

  /**
   * Reads segments as they are now. A segment rewritten after the directory was read has newer content than its entry.
   * The version found is therefore remembered, and the next refresh reads the segment again. One that is missing or
   * damaged hides only its own faces.
   */
  async #read(entries: DirectoryEntry[], matcher: ExactMatcher, who: Map<number, Who>) {
    const read: Segments = new Map();
    const damaged = new Set<number>();
    for (let i = 0; i < entries.length; i += BATCH) {
      const opened = await Promise.all(
        entries.slice(i, i + BATCH).map(async ({ segment, version }) => {
          const sealed = await this.#db.get('segments', segment);
          const bytes = sealed && (await this.#vault.unseal(sealed).catch(() => null));
          if (!bytes) damaged.add(segment);
          return { segment, version, faces: bytes ? unpackSegment(bytes) : [] };
        }),
      );
      for (const { segment, version, faces } of opened) {
        read.set(segment, { version, faceIds: faces.map(({ faceId }) => faceId) });
        for (const { faceId, personId, personName, encoding } of faces) {
          matcher.upsert(faceId, personId, encodingFromBytes(encoding));
          who.set(faceId, { personId, name: personName });
        }
      }
    }
    return { read, damaged };
  }
}
