import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tell } from '../output';
import { explain } from '../run';

/** The folder of `--save`. If a picture cannot be written, such as on a full disk, only that picture is missing. */
export class PictureFolder {
  readonly #folder: string;
  #isFailing = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws errors of the file system. A folder that cannot be used at the start is a mistake. */
  static async open(folder: string): Promise<PictureFolder> {
    await mkdir(folder, { recursive: true });
    return new PictureFolder(folder);
  }

  /**
   * Stores a picture. The first of several failures in a row is reported.
   * @param at seconds since the start, which are in the file's name
   */
  async add(jpeg: Uint8Array, at: number): Promise<void> {
    try {
      await writeFile(join(this.#folder, `${at.toFixed(2).padStart(9, '0')}.jpg`), jpeg);
      if (this.#isFailing) tell('kith: pictures are stored again.');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) tell(`kith: ${explain(error).message}. The camera goes on without storing pictures.`);
      this.#isFailing = true;
    }
  }
}
