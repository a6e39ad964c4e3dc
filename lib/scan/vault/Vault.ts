import type { ScanDatabase } from '../openDatabase';

/** Something encrypted: AES-GCM (NIST SP 800-38D) with a fresh 96-bit nonce each time. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

/**
 * Seals what rests on the phone. The key is made here and cannot be exported; it never leaves the browser's own
 * storage. Wiping deletes the key too, so that blocks the disk still holds are noise.
 */
export class Vault {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** Opens the vault of a database; the first one to come makes the key. */
  static async open(db: ScanDatabase): Promise<Vault> {
    const kept = await db.get('keys', 'vault');
    if (kept) return new Vault(kept);
    const made = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
    // Two tabs may get here together: whoever writes first decides, inside one transaction.
    const transaction = db.transaction('keys', 'readwrite');
    const other = await transaction.store.get('vault');
    if (!other) await transaction.store.put(made, 'vault');
    await transaction.done;
    return new Vault(other ?? made);
  }

  async seal(bytes: BufferSource): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    return { iv, data: await crypto.subtle.encrypt({ name: ALGORITHM, iv }, this.#key, bytes) };
  }

  /** Throws when it was sealed with another key or changed since. */
  async unseal({ iv, data }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await crypto.subtle.decrypt({ name: ALGORITHM, iv }, this.#key, data));
  }

  sealJson(value: unknown): Promise<Sealed> {
    return this.seal(new TextEncoder().encode(JSON.stringify(value)));
  }

  /** What `sealJson` sealed; the caller knows its shape because it wrote it. */
  async unsealJson<T>(sealed: Sealed): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await this.unseal(sealed)));
  }
}
