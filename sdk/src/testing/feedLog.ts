import { encodingToBytes } from '../encoding.ts';
import { FeedSum, type FeedSummary } from '../feed/FeedSum.ts';
import type { FeedFace, FeedPage, FeedSource } from '../feed/types.ts';

type Entry = { faceId: number; updatedAt: number; face: FeedFace | null };

/** The feed's rules over a list in memory, for tests of what reads it. */
export class FeedLog {
  model = 'model-1';
  lineage = 'lineage-1';
  #last = 0;
  #entries = new Map<number, Entry>();
  /** Pages given out. */
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

  /** As `kith restore` does with a backup of the moment `number` was the last. */
  restore(number: number): void {
    this.rewind(number);
    this.lineage += "'";
  }

  /** As a database that was put back without Kith knowing, such as PostgreSQL's recovery to a point in time. */
  rewind(number: number): void {
    this.#last = number;
    for (const [faceId, { updatedAt }] of this.#entries) if (updatedAt > number) this.#entries.delete(faceId);
  }

  /** As somebody who deletes rows in the database by hand: nothing tells the readers. */
  forget(faceId: number): void {
    this.#entries.delete(faceId);
  }

  /** The samples there are now, by id. */
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
