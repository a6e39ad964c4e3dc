import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodingFromBase64, encodingToBase64 } from '@kith/sdk';
import { MODEL_ID } from '@/lib/shared/vision/types';

interface CacheFile {
  model: string;
  /** Base64 of the encoding by the SHA-256 of the picture's bytes; null where it has no face. */
  encodings: Record<string, string | null>;
}

/**
 * Encodings of pictures already seen, in a hidden file beside them, by what is in the pictures and not by their names:
 * a renamed picture stays known, a changed one is looked at again. Readable by its owner only.
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

  /** Reads the cache of a folder; one that is missing, damaged or of another model is an empty one. */
  static async open(folder: string): Promise<EncodingCache> {
    const path = join(folder, '.kith-encodings.json');
    return new EncodingCache(path, new Map(Object.entries(await readCache(path))));
  }

  /** The encoding of a picture, from the cache or from `encode`. Null: there is no face in it. */
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

  /** Writes what was used. A folder that cannot be written to does without: the pictures are looked at again. */
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
    // Not there, or cut short: it holds nothing that cannot be made again.
    return {};
  }
}
