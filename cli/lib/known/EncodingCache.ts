import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodingFromBase64, encodingToBase64 } from '@kith/sdk';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { CACHE_NAME } from './cacheName';

interface CacheFile {
  model: string;
  /** Base64 of the encoding, by the SHA-256 of the picture's bytes; null for a picture without a face. */
  encodings: Record<string, string | null>;
}

/**
 * Caches the encodings of pictures in a hidden file next to them, by content and not by name: a renamed picture is
 * found, a changed one is encoded again. Readable only by its owner.
 */
export class EncodingCache {
  readonly #path: string;
  readonly #old: Map<string, string | null>;
  readonly #used = new Map<string, string | null>();
  #changed = false;

  private constructor(path: string, old: Map<string, string | null>) {
    this.#path = path;
    this.#old = old;
  }

  /** Reads the cache of a folder. A missing or damaged cache, or one of another model, is treated as empty. */
  static async open(folder: string): Promise<EncodingCache> {
    const path = join(folder, CACHE_NAME);
    return new EncodingCache(path, new Map(Object.entries(await readCache(path))));
  }

  /** Returns the encoding of a picture, from the cache or from `encode`; null if it has no face. */
  async get(bytes: Uint8Array, encode: () => Promise<Float32Array | null>): Promise<Float32Array | null> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const cached = this.#old.get(hash) ?? this.#used.get(hash);
    if (cached !== undefined && cached !== null) {
      this.#used.set(hash, cached);
      return encodingFromBase64(cached);
    }
    if (this.#old.has(hash)) {
      this.#used.set(hash, null);
      return null;
    }
    const encoding = await encode();
    this.#used.set(hash, encoding && encodingToBase64(encoding));
    this.#changed = true;
    return encoding;
  }

  /**
   * Writes the entries used in this run. In a read-only folder nothing is written, and the pictures are encoded again
   * next time.
   */
  async save(): Promise<void> {
    if (!this.#changed && this.#used.size === this.#old.size) return;
    const content: CacheFile = { model: MODEL_ID, encodings: Object.fromEntries(this.#used) };
    const temporary = `${this.#path}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
      await rename(temporary, this.#path);
    } catch (error) {
      if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

async function readCache(path: string): Promise<CacheFile['encodings']> {
  try {
    const { model, encodings } = JSON.parse(await readFile(path, 'utf8')) as CacheFile;
    return model === MODEL_ID ? encodings : {};
  } catch {
    // Missing or truncated. Everything in it can be computed again.
    return {};
  }
}
