import type { FeedFace, FeedState, FeedStore, FeedWrite } from '../feed/types.ts';
import { GalleryFile } from './GalleryFile.ts';

/** A store in a file (`@kith/sdk/node`), which is held in memory as well. A gallery read anew grows in `PATH.new`. */
export class FileFeedStore implements FeedStore {
  #live: GalleryFile;
  #staged: GalleryFile;

  private constructor(live: GalleryFile, staged: GalleryFile) {
    this.#live = live;
    this.#staged = staged;
  }

  /**
   * Opens the gallery at `path`; a file that is not there is made by the first write. One process writes; others may
   * open it to read. Throws `GalleryFileError`, or what the file system throws.
   */
  static async open(path: string): Promise<FileFeedStore> {
    return new FileFeedStore(await GalleryFile.read(path), await GalleryFile.read(`${path}.new`));
  }

  /** Samples in the live gallery. */
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
    const { model, lastUpdatedAt } = position;
    await gallery.append({ faces, deleted, lastUpdatedAt, hasMore: false, model: model ?? '', reset: false });
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
