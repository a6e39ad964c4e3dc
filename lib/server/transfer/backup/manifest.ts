import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The last file of a backup. PGlite has no file of this name. */
export const MANIFEST = 'kith-backup.json';

/** Description of a backup: which version made it, when, and what it must contain. */
export const backupManifest = z.object({
  type: z.literal('kith-backup'),
  version: z.literal(1),
  created_at: z.iso.datetime(),
  /** Version of Kith. */
  server_version: z.string(),
  /** Number of files before this one, without folders. */
  files: z.int().nonnegative(),
  /** Total size of these files in bytes. */
  bytes: z.int().nonnegative(),
  /** SHA-256 in hex, as {@link BackupSum} computes it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupManifest = z.infer<typeof backupManifest>;

/** Counts and sums the files of a backup in order: the name, size and bytes of each. */
export class BackupSum {
  files = 0;
  bytes = 0;
  readonly #hash = createHash('sha256');

  /** Starts a file. */
  begin(name: string, size: number): void {
    this.files++;
    this.bytes += size;
    this.#hash.update(`${name}\0${size}\0`);
  }

  /** Passes on the file's bytes, and adds them. */
  async *take(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** Returns the result. Nothing can be added afterwards. */
  end(): Pick<BackupManifest, 'files' | 'bytes' | 'sha256'> {
    return { files: this.files, bytes: this.bytes, sha256: this.#hash.digest('hex') };
  }
}
