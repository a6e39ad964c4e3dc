import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { decodeFeedPage, encodeFeedPage } from '../feed/binary.ts';
import type { FeedFace, FeedPage, FeedPosition } from '../feed/types.ts';

/** Magic of a gallery file: its name, version 1, and a line end that text-mode copying would break. */
const MAGIC = Buffer.from('KITH gallery 1\r\n');
/** Header of a frame: its length as little-endian uint32, and the first 8 bytes of its SHA-256. */
const FRAME_HEADER_BYTES = 12;
/** Faces per frame when the file is rewritten (compacted). */
const FRAME_FACES = 5_000;
/** Number of replaced or deleted faces, beyond the number of live ones, after which the file is rewritten. */
const ALLOWED_WASTE = 10_000;
/** File mode: readable only by the owner, because encodings are biometric data. */
const MODE = 0o600;

/** The file exists but is not a gallery, or was written by a later version of Kith. */
export class GalleryFileError extends Error {
  override readonly name = 'GalleryFileError';
}

/**
 * A gallery in one file: pages of the binary feed, each with a checksum. A page is appended in one write, which is on
 * disk when it resolves. A page truncated by a crash is ignored, so the file is always in a consistent, possibly older
 * state. When a person in it is deleted, or waste exceeds content, the gallery is written to a new file that is renamed
 * over this one.
 */
export class GalleryFile {
  /** Path of the file. */
  readonly path: string;
  /** All faces in it, by face id. */
  readonly faces = new Map<number, FeedFace>();
  /** Position in the feed. */
  position: FeedPosition = { model: null, lastUpdatedAt: 0 };
  /** Length of the valid part in bytes; the rest was truncated. 0: the file does not exist yet. */
  #length = 0;
  #written = 0;

  private constructor(path: string) {
    this.path = path;
  }

  /** Reads the file if it exists. Throws {@link GalleryFileError}, or the file system's error. */
  static async read(path: string): Promise<GalleryFile> {
    const gallery = new GalleryFile(path);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (bytes) await gallery.#load(bytes);
    return gallery;
  }

  /** Whether the file exists. */
  get exists(): boolean {
    return this.#length > 0;
  }

  /** Appends a page: inserts or replaces faces by id, then deletes. Deleted faces do not remain in the file. */
  async append(page: FeedPage): Promise<void> {
    const erases = page.deleted.some(({ faceId }) => this.faces.has(faceId));
    if (!this.exists || erases || this.#written > 2 * this.faces.size + ALLOWED_WASTE) {
      this.#apply(page);
      return this.#rewrite();
    }
    const bytes = await frame(page);
    const file = await open(this.path, 'r+');
    try {
      // Overwrites what a crash may have left after the last complete frame.
      await file.truncate(this.#length);
      await file.write(bytes, 0, bytes.length, this.#length);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#length += bytes.length;
    this.#apply(page);
  }

  /** Moves this gallery to another path, replacing the file there. */
  async moveTo(path: string): Promise<GalleryFile> {
    await rename(this.path, path);
    const moved = new GalleryFile(path);
    for (const [faceId, face] of this.faces) moved.faces.set(faceId, face);
    moved.position = this.position;
    moved.#length = this.#length;
    moved.#written = this.#written;
    return moved;
  }

  /** Deletes the file and clears the memory. */
  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    this.faces.clear();
    this.position = { model: null, lastUpdatedAt: 0 };
    this.#length = 0;
    this.#written = 0;
  }

  async #load(bytes: Buffer<ArrayBuffer>): Promise<void> {
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new GalleryFileError(`${this.path} is not a gallery that this version of Kith can read`);
    }
    let at = MAGIC.length;
    for (;;) {
      const start = at + FRAME_HEADER_BYTES;
      if (start > bytes.length) break;
      const payload = bytes.subarray(start, start + bytes.readUInt32LE(at));
      if (!checksum(payload).equals(bytes.subarray(at + 4, start))) break;
      this.#apply(await decodeFeedPage(payload));
      at = start + payload.length;
    }
    this.#length = at;
  }

  #apply({ faces, deleted, model, lastUpdatedAt, lineage }: FeedPage): void {
    for (const face of faces) this.faces.set(face.faceId, face);
    for (const { faceId } of deleted) this.faces.delete(faceId);
    this.position = { model, lastUpdatedAt, ...(lineage !== undefined && { lineage }) };
    this.#written += faces.length + deleted.length;
  }

  async #rewrite(): Promise<void> {
    // If this fails, such as on a full disk, the file lacks the last page and must not be appended to.
    this.#length = 0;
    const temporary = `${this.path}.tmp`;
    const file = await open(temporary, 'w', MODE);
    let length = MAGIC.length;
    try {
      // A file that a crash left behind keeps its mode.
      await file.chmod(MODE);
      await file.write(MAGIC);
      for (const page of this.#pages()) {
        const bytes = await frame(page);
        await file.write(bytes);
        length += bytes.length;
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
    this.#length = length;
    this.#written = this.faces.size;
  }

  /** Yields the whole gallery as pages; an empty gallery is one page with the position. */
  *#pages(): Generator<FeedPage> {
    const { model, ...reached } = this.position;
    const all = [...this.faces.values()];
    for (let start = 0; start === 0 || start < all.length; start += FRAME_FACES) {
      const faces = all.slice(start, start + FRAME_FACES);
      yield { faces, deleted: [], ...reached, hasMore: false, model: model ?? '', reset: false };
    }
  }
}

async function frame(page: FeedPage): Promise<Buffer> {
  const payload = await encodeFeedPage(page);
  const header = Buffer.alloc(4);
  header.writeUInt32LE(payload.length);
  return Buffer.concat([header, checksum(payload), payload]);
}

function checksum(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest().subarray(0, 8);
}
