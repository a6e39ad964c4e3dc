import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The last file of a backup. PGlite knows no file of this name. */
export const MANIFEST = 'kith-backup.json';

/** What a backup says of itself: who made it and when, and what has to be in it. */
export const backupManifest = z.object({
  type: z.literal('kith-backup'),
  version: z.literal(1),
  created_at: z.iso.datetime(),
  /** Kith's version. */
  server_version: z.string(),
  /** Files before this one, without folders. */
  files: z.int().nonnegative(),
  /** Bytes of these files. */
  bytes: z.int().nonnegative(),
  /** SHA-256 in hex of what {@link BackupSum} counts. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupManifest = z.infer<typeof backupManifest>;

/** Counts and sums the files of a backup in their order: of each its name, its size, and its bytes. */
export class BackupSum {
  files = 0;
  bytes = 0;
  readonly #hash = createHash('sha256');

  /** A file begins. */
  begin(name: string, size: number): void {
    this.files++;
    this.bytes += size;
    this.#hash.update(`${name}\0${size}\0`);
  }

  /** Passes the file's bytes on. */
  async *take(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** All of it; nothing can be added afterwards. */
  end(): Pick<BackupManifest, 'files' | 'bytes' | 'sha256'> {
    return { files: this.files, bytes: this.bytes, sha256: this.#hash.digest('hex') };
  }
}
