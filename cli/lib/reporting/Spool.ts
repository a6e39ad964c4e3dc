import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewEvent } from '@kith/sdk';

/** File mode: readable only by the owner, because recognitions tell who was where. */
const MODE = 0o600;
const ENDING = '.json';

/** A waiting recognition and its file. */
export interface Waiting {
  name: string;
  event: NewEvent;
}

/**
 * Recognitions that the server has not confirmed: one file each, named by time and UUID. Files are complete whenever
 * the process ends. Any number of processes may use the folder.
 */
export class Spool {
  readonly #folder: string;
  /** Recognitions that could not be written, such as on a full disk. */
  readonly #unwritten = new Map<string, NewEvent>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new Spool(folder);
  }

  /**
   * Stores a recognition. Once resolved, it survives a crash.
   * @throws errors of the file system; the recognition is then in memory only
   */
  async add(event: NewEvent): Promise<void> {
    const name = nameOf(event);
    try {
      await this.#write(name, JSON.stringify(event));
    } catch (error) {
      this.#unwritten.set(name, event);
      throw error;
    }
  }

  /** Returns the number of waiting recognitions. */
  async size(): Promise<number> {
    return (await this.#names()).length;
  }

  /** Returns the oldest recognitions, up to `limit`. Damaged files are set aside. */
  async oldest(limit: number): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    for (const name of await this.#names()) {
      if (waiting.length >= limit) break;
      const event = this.#unwritten.get(name) ?? (await this.#read(name));
      if (event) waiting.push({ name, event });
    }
    return waiting;
  }

  /** Removes recognitions that the server confirmed or will never accept. */
  async remove(waiting: readonly Waiting[]): Promise<void> {
    for (const { name } of waiting) {
      this.#unwritten.delete(name);
      await rm(join(this.#folder, name), { force: true });
    }
  }

  /** Sets aside a recognition that the server rejects, so that it does not block the others. */
  async setAside({ name }: Waiting): Promise<void> {
    this.#unwritten.delete(name);
    await this.#setAside(name);
  }

  async #names(): Promise<string[]> {
    const there = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const names = there.filter((name) => name.endsWith(ENDING));
    return [...new Set([...names, ...this.#unwritten.keys()])].sort();
  }

  async #read(name: string): Promise<NewEvent | null> {
    try {
      return JSON.parse(await readFile(join(this.#folder, name), 'utf8')) as NewEvent;
    } catch (error) {
      // Another process may have sent it meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (!(error instanceof SyntaxError)) throw error;
      await this.#setAside(name);
      return null;
    }
  }

  async #setAside(name: string): Promise<void> {
    await rename(join(this.#folder, name), join(this.#folder, `${name}.refused`)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async #write(name: string, text: string): Promise<void> {
    const temporary = join(this.#folder, `${name}.tmp`);
    try {
      const file = await open(temporary, 'w', MODE);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.#folder, name));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
    await syncFolder(this.#folder);
  }
}

/** Returns a file name that sorts by time. */
const nameOf = ({ id, at }: NewEvent): string => `${Date.parse(at)}-${id}${ENDING}`;

/** Waits until the names in a folder are on the disk. Not every system supports this. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
