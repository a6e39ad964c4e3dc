import { crowding } from '../crowding.ts';
import { squaredDistance } from '../distance.ts';
import { checkEncoding, ENCODING_LENGTH } from '../encoding.ts';
import { createKernel } from './createKernel.ts';
import { FaceIndex } from './FaceIndex.ts';
import { GroupSets } from './GroupSets.ts';
import { IdColumn } from './IdColumn.ts';
import { CHUNK_SAMPLES, type ChunkMemory, type Kernel } from './kernel.ts';
import { NearestPeople } from './NearestPeople.ts';
import { fits, maxMagnitudeOf, QuantisedProbe, quantiseRow, type Scale, scaleFor } from './quantise.ts';
import type { Match } from './types.ts';

const NOBODY = 0;
/** Samples measured before any is skipped. Few, because measured samples cost more than skipped ones. */
const FIRST_BLOCK = 64;

/** Data of a chunk outside of the kernel's memory. */
interface Chunk extends Scale {
  faceIds: IdColumn;
  personIds: IdColumn;
  /** Number of the set of groups of each row; null while no row has a group. */
  groupSets: IdColumn | null;
}

/** Options of a search. */
export interface SearchOptions {
  /** Ids of groups: only samples that are in at least one of them are found. Default: all samples. */
  groups?: readonly number[];
}

/** The state of the search for one probe. */
interface Search {
  probe: Float32Array;
  /** The crowding of the probe. */
  crowding: number;
  nearest: NearestPeople;
  /** The probe quantised with the scale of the last chunk; the next chunk usually has the same scale. */
  steps: QuantisedProbe;
  /** Whether the people of each set of groups are searched, by the set's number; null: everybody is. */
  wanted: Uint8Array | null;
}

/**
 * Finds the people nearest to a probe, exactly: the result equals that of measuring every sample with
 * `normalisedDistance()`, regardless of the order of insertions and removals. A bound skips most samples (quantise.ts).
 *
 * Uses 664 bytes per sample at scale, in chunks of 1,024 samples. The memory of removed samples is reused, not
 * released.
 */
export class ExactMatcher {
  readonly #kernel: Kernel;
  readonly #chunks: Chunk[] = [];
  readonly #index = new FaceIndex((slot) => this.#faceIdAt(slot));
  readonly #groupSets = new GroupSets();
  #size = 0;

  /** @param options.simd `false` disables WebAssembly; the results are the same */
  constructor({ simd = true }: { simd?: boolean } = {}) {
    this.#kernel = createKernel(simd);
  }

  /** Number of samples. */
  get size(): number {
    return this.#size;
  }

  /** Memory used, in bytes. */
  get bytes(): number {
    const ids = this.#chunks.reduce(
      (sum, { faceIds, personIds, groupSets }) => sum + faceIds.bytes + personIds.bytes + (groupSets?.bytes ?? 0),
      0,
    );
    return this.#kernel.bytes + this.#index.bytes + ids;
  }

  /** Returns whether the matcher contains the sample. */
  has(faceId: number): boolean {
    return this.#index.get(faceId) >= 0;
  }

  /**
   * Adds or replaces a sample.
   *
   * @param faceId a positive integer
   * @param personId a positive integer; `null` for an unassigned sample, which counts as a person
   * @param encoding 128 finite numbers; copied
   * @param groups ids of the groups that a search may ask for
   */
  upsert(faceId: number, personId: number | null, encoding: Float32Array, groups: readonly number[] = []): void {
    checkId(faceId);
    if (personId !== null) checkId(personId);
    checkEncoding(encoding);
    let slot = this.#index.get(faceId);
    if (slot < 0) {
      slot = this.#size;
      if (slot === this.#chunks.length * CHUNK_SAMPLES) this.#grow();
      this.#size++;
    }
    this.#write(slot, faceId, personId ?? NOBODY, encoding);
    this.#setGroups(slot, this.#groupSets.numberOf(groups));
    this.#index.set(faceId, slot);
  }

  /** @returns whether the sample existed */
  remove(faceId: number): boolean {
    const slot = this.#index.get(faceId);
    if (slot < 0) return false;
    this.#index.delete(faceId);
    const last = this.#size - 1;
    if (slot !== last) {
      const { chunk, row } = locate(last);
      const start = row * ENCODING_LENGTH;
      const encoding = this.#memory(chunk).encodings.subarray(start, start + ENCODING_LENGTH);
      const moved = this.#faceIdAt(last);
      this.#write(slot, moved, this.#chunk(chunk).personIds.get(row), encoding);
      this.#setGroups(slot, this.#chunk(chunk).groupSets?.get(row) ?? 0);
      this.#index.set(moved, slot);
    }
    this.#size = last;
    return true;
  }

  /** Removes every sample. */
  clear(): void {
    this.#size = 0;
    this.#index.clear();
    for (const chunk of this.#chunks) {
      chunk.scale = 0;
      chunk.error = 0;
    }
  }

  /** Returns the `limit` nearest people, one entry per person, by ascending distance, ties by face id. */
  search(probe: Float32Array, limit: number, options: SearchOptions = {}): Match[] {
    return this.searchMany([probe], limit, options)[0] as Match[];
  }

  /**
   * {@link search} for several probes, such as the faces of one picture. Each block of samples is read once for all
   * probes.
   */
  searchMany(probes: readonly Float32Array[], limit: number, { groups }: SearchOptions = {}): Match[][] {
    const wanted = groups === undefined ? null : this.#groupSets.withAny(groups);
    const searches = probes.map((probe) => ({
      probe: checkEncoding(probe),
      crowding: crowding(probe),
      nearest: new NearestPeople(limit),
      steps: new QuantisedProbe(),
      wanted,
    }));
    let length = FIRST_BLOCK;
    for (let number = 0; number * CHUNK_SAMPLES < this.#size; number++) {
      const rows = Math.min(CHUNK_SAMPLES, this.#size - number * CHUNK_SAMPLES);
      for (let from = 0; from < rows; ) {
        const to = Math.min(from + length, rows);
        for (const search of searches) this.#searchBlock(search, number, from, to);
        from = to;
        length *= 2;
      }
    }
    return searches.map(({ nearest }) => nearest.result());
  }

  #searchBlock(search: Search, number: number, from: number, to: number): void {
    const { probe, nearest, steps, wanted } = search;
    const kernel = this.#kernel;
    const chunk = this.#chunk(number);
    // No sample in this chunk has a group.
    if (wanted !== null && chunk.groupSets === null) return;
    const { encodings, crowding: crowdings } = this.#memory(number);
    if (steps.scale !== chunk.scale) steps.set(probe, chunk.scale);
    kernel.probe.set(steps.values);
    const found = kernel.scan(number, from, to, steps.limit(nearest.worst / search.crowding, chunk.error));
    for (let i = 0; i < found; i++) {
      const row = kernel.hits[i] as number;
      if (wanted !== null && wanted[chunk.groupSets?.get(row) ?? 0] === 0) continue;
      const apart = Math.sqrt(squaredDistance(probe, 0, encodings, row * ENCODING_LENGTH));
      // In the order of `normalisedDistance`, so that both agree to the last bit.
      const distance = apart * (search.crowding * (crowdings[row] as number));
      if (distance <= nearest.worst) nearest.offer(chunk.faceIds.get(row), chunk.personIds.get(row), distance);
    }
  }

  #write(slot: number, faceId: number, personId: number, encoding: Float32Array): void {
    const { chunk: number, row } = locate(slot);
    const chunk = this.#chunk(number);
    const memory = this.#memory(number);
    memory.encodings.set(encoding, row * ENCODING_LENGTH);
    memory.crowding[row] = crowding(encoding);
    chunk.faceIds.set(row, faceId);
    chunk.personIds.set(row, personId);
    const maxMagnitude = maxMagnitudeOf(encoding);
    if (fits(maxMagnitude, chunk)) {
      quantiseRow(memory, row, chunk);
    } else {
      chunk.scale = scaleFor(maxMagnitude);
      chunk.error = 0;
      const rows = Math.min(CHUNK_SAMPLES, this.#size - number * CHUNK_SAMPLES);
      for (let other = 0; other < rows; other++) quantiseRow(memory, other, chunk);
    }
  }

  #setGroups(slot: number, set: number): void {
    const { chunk: number, row } = locate(slot);
    const chunk = this.#chunk(number);
    if (set !== 0) chunk.groupSets ??= new IdColumn();
    chunk.groupSets?.set(row, set);
  }

  #grow(): void {
    this.#kernel.grow();
    this.#chunks.push({ faceIds: new IdColumn(), personIds: new IdColumn(), groupSets: null, scale: 0, error: 0 });
  }

  #faceIdAt(slot: number): number {
    const { chunk, row } = locate(slot);
    return this.#chunk(chunk).faceIds.get(row);
  }

  #chunk(number: number): Chunk {
    return this.#chunks[number] as Chunk;
  }

  #memory(number: number): ChunkMemory {
    return this.#kernel.chunks[number] as ChunkMemory;
  }
}

function locate(slot: number): { chunk: number; row: number } {
  return { chunk: Math.floor(slot / CHUNK_SAMPLES), row: slot % CHUNK_SAMPLES };
}

function checkId(id: number): void {
  if (!Number.isSafeInteger(id) || id < 1) throw new RangeError(`an id is a positive integer, not ${id}`);
}
