import { encodingToBytes } from '../encoding.ts';
import { FeedSum, type FeedSummary } from '../feed/FeedSum.ts';
import type { FeedFace, FeedPage, FeedSource } from '../feed/types.ts';

type Entry = { faceId: number; updatedAt: number; face: FeedFace | null };

/** The feed's rules over a list in memory, for tests of feed readers. */
export class FeedLog {
  model = 'model-1';
  lineage = 'lineage-1';
  #last = 0;
  #entries = new Map<number, Entry>();
  /** Number of pages returned. */
  asked = 0;

  /** Writes a sample whose first number is `value`. */
  put(
    faceId: number,
    value = faceId,
    person: { personId: number; personName: string; groups?: string[] } | null = null,
  ): void {
    const updatedAt = ++this.#last;
    const face: FeedFace = {
      faceId,
      encoding: encodingToBytes(new Float32Array(128).fill(value, 0, 1)),
      updatedAt,
      uniqueArgs: { value },
      personId: person?.personId ?? null,
      personName: person?.personName ?? null,
      groups: person?.groups ?? [],
    };
    this.#entries.set(faceId, { faceId, updatedAt, face });
  }

  delete(faceId: number): void {
    this.#entries.set(faceId, { faceId, updatedAt: ++this.#last, face: null });
  }

  /** Restores a backup from when `number` was the last number, as `kith restore` does. */
  restore(number: number): void {
    this.rewind(number);
    this.lineage += "'";
  }

  /** Sets the database back without Kith knowing, as PostgreSQL's point-in-time recovery does. */
  rewind(number: number): void {
    this.#last = number;
    for (const [faceId, { updatedAt }] of this.#entries) if (updatedAt > number) this.#entries.delete(faceId);
  }

  /** Deletes a sample without telling the readers, as when rows are deleted in the database by hand. */
  forget(faceId: number): void {
    this.#entries.delete(faceId);
  }

  /** Returns the current samples, by id. */
  faces(): FeedFace[] {
    return [...this.#entries.values()].flatMap(({ face }) => face ?? []).sort((a, b) => a.faceId - b.faceId);
  }

  readonly source: FeedSource = async ({ after, limit, lineage, verify, signal }): Promise<FeedPage> => {
    signal?.throwIfAborted();
    this.asked++;
    const reset = after > this.#last || (lineage !== undefined && lineage !== this.lineage);
    const rows = [...this.#entries.values()]
      .filter(({ updatedAt }) => updatedAt > (reset ? 0 : after))
      .sort((a, b) => a.updatedAt - b.updatedAt);
    const page = rows.slice(0, limit);
    const hasMore = rows.length > limit;
    return {
      faces: page.flatMap(({ face }) => face ?? []),
      deleted: page.flatMap(({ faceId, updatedAt, face }) => (face ? [] : { faceId, updatedAt })),
      lastUpdatedAt: hasMore ? (page.at(-1)?.updatedAt ?? 0) : this.#last,
      hasMore,
      model: this.model,
      reset,
      lineage: this.lineage,
      ...(verify && !hasMore && this.#summary()),
    };
  };

  #summary(): FeedSummary {
    const sum = new FeedSum();
    for (const { faceId, updatedAt } of this.faces()) sum.add(faceId, updatedAt);
    return sum.summary;
  }
}
