/**
 * Samples per chunk. Few enough that their int8 values stay in the processor's L2 cache while several probes read them,
 * and that a partly filled chunk wastes little. Enough that the call per chunk costs nothing.
 */
export const CHUNK_SAMPLES = 1024;

/** The memory of one chunk, readable by the kernel. */
export interface ChunkMemory {
  /** The encodings: 128 floats per sample. */
  encodings: Float32Array;
  /** The encodings quantised with the chunk's scale: 128 per sample. */
  quantised: Int8Array;
  /** 64 times the squared length of each row of `quantised`. */
  norms: Int32Array;
}

/** The inner loop of the matcher, and the memory it works in. */
export interface Kernel {
  /** Memory of every chunk. `grow` replaces it and invalidates earlier views. */
  readonly chunks: readonly ChunkMemory[];
  /** Total size in bytes. */
  readonly bytes: number;
  /** Adds a chunk. */
  grow(): void;
  /** 128 int16; set to the quantised probe before {@link scan}. */
  readonly probe: Int16Array;
  /** Output of {@link scan}: the samples it found. */
  readonly hits: Int32Array;
  /**
   * Finds the samples of one chunk with `norm − dot(quantised, probe) ≤ limit`, in integers that do not overflow.
   *
   * @param from a multiple of 4
   * @returns the number of samples written to `hits`, in ascending order
   */
  scan(chunk: number, from: number, to: number, limit: number): number;
}
