import type { ScanDatabase } from './openDatabase';
import type { Vault } from './Vault';

/** Somebody enrolled on this phone: on the way to the server, there, or refused by it. */
export interface Enrolment {
  id: string;
  name: string;
  /** JPEG of the face with its surroundings. */
  picture: Uint8Array<ArrayBuffer>;
  encoding: number[];
  status: { kind: 'waiting' } | { kind: 'sent'; faceId: number } | { kind: 'refused'; reason: string };
}

/** People enrolled in the field. They are recognised on this phone from the first moment. */
export class EnrolmentQueue {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async add({ name, picture, encoding }: { name: string; picture: Uint8Array; encoding: Float32Array }): Promise<void> {
    await this.#put({
      id: crypto.randomUUID(),
      name,
      picture: new Uint8Array(picture),
      encoding: [...encoding],
      status: { kind: 'waiting' },
    });
  }

  /** Everybody, the oldest first. */
  async all(): Promise<Enrolment[]> {
    const rows = (await this.#db.getAll('enrolments')).sort((a, b) => a.at - b.at);
    const opened = await Promise.all(
      rows.map(async (row) => {
        const bytes = await this.#vault.unseal(row).catch(() => null);
        // A damaged one can never be opened: it is deleted, and the others go on.
        if (!bytes) await this.#vault.discard('enrolments', row.id);
        return bytes && unpack(bytes);
      }),
    );
    return opened.filter((enrolment) => enrolment !== null);
  }

  async setStatus(enrolment: Enrolment, status: Enrolment['status']): Promise<void> {
    await this.#put({ ...enrolment, status });
  }

  async remove(id: string): Promise<void> {
    await this.#db.delete('enrolments', id);
  }

  async #put(enrolment: Enrolment): Promise<void> {
    const sealed = await this.#vault.seal(pack(enrolment));
    await this.#vault.write(['enrolments'], async (transaction) => {
      const enrolments = transaction.objectStore('enrolments');
      const before = await enrolments.get(enrolment.id);
      await enrolments.put({ id: enrolment.id, at: before?.at ?? Date.now(), ...sealed });
    });
  }
}

/** Four bytes with the length of the JSON, the JSON, the picture. */
function pack({ picture, ...rest }: Enrolment): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(rest));
  const bytes = new Uint8Array(4 + text.length + picture.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(picture, 4 + text.length);
  return bytes;
}

function unpack(bytes: Uint8Array<ArrayBuffer>): Enrolment {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const rest: Omit<Enrolment, 'picture'> = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { ...rest, picture: bytes.slice(4 + length) };
}
