import type { FeedFace, FeedPosition, FeedState, FeedStore, FeedWrite } from './types.ts';

interface Gallery {
  position: FeedPosition;
  faces: Map<number, FeedFace>;
}

const empty = (): Gallery => ({ position: { model: null, lastUpdatedAt: 0 }, faces: new Map() });

/** A store in memory. */
export class MemoryFeedStore implements FeedStore {
  #live = empty();
  #staged: Gallery | null = null;

  /** See {@link FeedStore}. */
  async state(): Promise<FeedState> {
    return { live: this.#live.position, staged: this.#staged?.position ?? null };
  }

  /** See {@link FeedStore}. */
  async write({ faces, deleted, target, begins, publishes, position }: FeedWrite): Promise<void> {
    if (begins && target === 'live') this.#live = empty();
    if (target === 'staged' && (begins || !this.#staged)) this.#staged = empty();
    const gallery = target === 'staged' && this.#staged ? this.#staged : this.#live;
    for (const face of faces) gallery.faces.set(face.faceId, face);
    for (const { faceId } of deleted) gallery.faces.delete(faceId);
    gallery.position = position;
    if (publishes) {
      this.#live = gallery;
      this.#staged = null;
    }
  }

  /** See {@link FeedStore}. */
  async *faces(): AsyncGenerator<FeedFace[]> {
    yield [...this.#live.faces.values()];
  }
}
