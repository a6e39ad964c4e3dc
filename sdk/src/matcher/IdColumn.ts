import { CHUNK_SAMPLES } from './kernel.ts';

/** Ids of one chunk, 0 to 2^53 − 1. They take four bytes each until one needs more. */
export class IdColumn {
  #ids: Uint32Array | Float64Array = new Uint32Array(CHUNK_SAMPLES);

  get bytes(): number {
    return this.#ids.byteLength;
  }

  get(row: number): number {
    return this.#ids[row] as number;
  }

  set(row: number, id: number): void {
    if (id > 0xffffffff && this.#ids instanceof Uint32Array) this.#ids = Float64Array.from(this.#ids);
    this.#ids[row] = id;
  }
}
