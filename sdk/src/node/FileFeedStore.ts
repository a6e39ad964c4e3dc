import type { FeedFace, FeedState, FeedStore, FeedWrite } from '../feed/types.ts';
import { GalleryFile } from './GalleryFile.ts';

/**
 * A store in a file (`@kith/sdk/node`), with a copy in memory. A gallery that is read again is written to `PATH.new`
 * first.
 */
export class FileFeedStore implements FeedStore {
  #live: GalleryFile;
  #staged: GalleryFile;

  private constructor(live: GalleryFile, staged: GalleryFile) {
    this.#live = live;
    this.#staged = staged;
  }

  /**
   * Opens the gallery at `path`; the first write creates a missing file. Only one process may write; others may open it
   * to read. Throws `GalleryFileError`, or the file system's error.
   */
  static async open(path: string): Promise<FileFeedStore> {
    return new FileFeedStore(await GalleryFile.read(path), await GalleryFile.read(`${path}.new`));
  }

  /** Number of samples in the live gallery. */
  get size(): number {
    return this.#live.faces.size;
  }

  /** See {@link FeedStore}. */
  async state(): Promise<FeedState> {
    return { live: this.#live.position, staged: this.#staged.exists ? this.#staged.position : null };
  }

  /** See {@link FeedStore}. */
  async write({ faces, deleted, target, begins, publishes, position }: FeedWrite): Promise<void> {
    const gallery = target === 'live' ? this.#live : this.#staged;
    if (begins) await gallery.remove();
    const { model, ...reached } = position;
    await gallery.append({ faces, deleted, ...reached, hasMore: false, model: model ?? '', reset: false });
    if (publishes) {
      this.#live = await this.#staged.moveTo(this.#live.path);
      this.#staged = await GalleryFile.read(this.#staged.path);
    }
  }

  /** See {@link FeedStore}. */
  async *faces(): AsyncGenerator<FeedFace[]> {
    yield [...this.#live.faces.values()];
  }
}
