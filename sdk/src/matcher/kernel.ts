/**
 * Samples a chunk holds. Few enough that their int8 stay in the processor's second-level cache while several probes
 * look at them, and that a chunk not yet full wastes little; enough that the call per chunk costs nothing.
 */
export const CHUNK_SAMPLES = 1024;

/** The memory of one chunk, which a kernel can read. */
export interface ChunkMemory {
  /** The encodings as they are: 128 a sample. */
  encodings: Float32Array;
  /** The encodings in steps of the chunk's scale: 128 a sample. */
  quantised: Int8Array;
  /** 64 times the squared length of each row of `quantised`. */
  norms: Int32Array;
}

/** The inner loop of the matcher, and the memory it works in. */
export interface Kernel {
  /** Every chunk's memory. Growing renews it: views taken from it before are gone. */
  readonly chunks: readonly ChunkMemory[];
  /** Bytes of all of it. */
  readonly bytes: number;
  /** Adds a chunk. */
  grow(): void;
  /** 128 int16, to be filled with the probe before {@link scan}. */
  readonly probe: Int16Array;
  /** Where {@link scan} leaves the samples it found. */
  readonly hits: Int32Array;
  /**
   * Finds the samples of one chunk with `norm − dot(quantised, probe) ≤ limit`, in whole numbers that do not overflow.
   *
   * @param from a multiple of 4
   * @returns how many it wrote to `hits`, in rising order
   */
  scan(chunk: number, from: number, to: number, limit: number): number;
}
