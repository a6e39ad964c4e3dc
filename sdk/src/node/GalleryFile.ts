import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { decodeFeedPage, encodeFeedPage } from '../feed/binary.ts';
import type { FeedFace, FeedPage, FeedPosition } from '../feed/types.ts';

/** What a gallery file begins with: its name, version 1, and a line end that text-mode copying would break. */
const MAGIC = Buffer.from('KITH gallery 1\r\n');
/** Before each frame: its length as little-endian uint32, and the first 8 bytes of its SHA-256. */
const FRAME_HEADER_BYTES = 12;
/** Faces a frame of a file that is written anew. */
const FRAME_FACES = 5_000;
/** Faces written over or deleted that a file may carry beside as many live ones before it is written anew. */
const ALLOWED_WASTE = 10_000;
/** Only its owner reads a gallery: encodings are biometric data. */
const MODE = 0o600;

/** The file is there and is not a gallery, or is one of a later Kith. */
export class GalleryFileError extends Error {
  override readonly name = 'GalleryFileError';
}

/**
 * A gallery in one file: pages of the binary feed, one after the other, each with a checksum. A page is added in one
 * write that is on disk when it resolves; one cut off by a crash is not read, so the file is always a consistent state,
 * maybe an older one. When somebody in it is deleted, or more is waste than content, it is written anew beside itself and
 * renamed over.
 */
export class GalleryFile {
  /** Where it is on disk. */
  readonly path: string;
  /** Everybody in it, by face id. */
  readonly faces = new Map<number, FeedFace>();
  /** How far it has read the feed. */
  position: FeedPosition = { model: null, lastUpdatedAt: 0 };
  /** Bytes that are whole; what comes after them was cut off. 0: there is no file yet. */
  #length = 0;
  #written = 0;

  private constructor(path: string) {
    this.path = path;
  }

  /** Reads the file, if there is one. Throws {@link GalleryFileError}, or what the file system throws. */
  static async read(path: string): Promise<GalleryFile> {
    const gallery = new GalleryFile(path);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (bytes) await gallery.#load(bytes);
    return gallery;
  }

  /** Whether there is a file yet. */
  get exists(): boolean {
    return this.#length > 0;
  }

  /** Adds a page: faces over those of the same id, then deletions. What is deleted is not left in the file. */
  async append(page: FeedPage): Promise<void> {
    const erases = page.deleted.some(({ faceId }) => this.faces.has(faceId));
    if (!this.exists || erases || this.#written > 2 * this.faces.size + ALLOWED_WASTE) {
      this.#apply(page);
      return this.#rewrite();
    }
    const bytes = await frame(page);
    const file = await open(this.path, 'r+');
    try {
      // Over what a crash may have left after the last whole frame.
      await file.truncate(this.#length);
      await file.write(bytes, 0, bytes.length, this.#length);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#length += bytes.length;
    this.#apply(page);
  }

  /** Puts this gallery in the place of another file's. */
  async moveTo(path: string): Promise<GalleryFile> {
    await rename(this.path, path);
    const moved = new GalleryFile(path);
    for (const [faceId, face] of this.faces) moved.faces.set(faceId, face);
    moved.position = this.position;
    moved.#length = this.#length;
    moved.#written = this.#written;
    return moved;
  }

  /** Deletes the file, and forgets what was in it. */
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

  #apply({ faces, deleted, model, lastUpdatedAt }: FeedPage): void {
    for (const face of faces) this.faces.set(face.faceId, face);
    for (const { faceId } of deleted) this.faces.delete(faceId);
    this.position = { model, lastUpdatedAt };
    this.#written += faces.length + deleted.length;
  }

  async #rewrite(): Promise<void> {
    // If this fails, on a full disk say, the file lacks the last page, and must not be added to.
    this.#length = 0;
    const temporary = `${this.path}.tmp`;
    const file = await open(temporary, 'w', MODE);
    let length = MAGIC.length;
    try {
      // One that a crash left behind keeps the mode it has.
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

  /** The whole gallery as pages; an empty one is one page, which carries the position. */
  *#pages(): Generator<FeedPage> {
    const { model, lastUpdatedAt } = this.position;
    const all = [...this.faces.values()];
    for (let start = 0; start === 0 || start < all.length; start += FRAME_FACES) {
      const faces = all.slice(start, start + FRAME_FACES);
      yield { faces, deleted: [], lastUpdatedAt, hasMore: false, model: model ?? '', reset: false };
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
