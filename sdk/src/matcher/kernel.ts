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
  /** The crowding of each row, which multiplies its distances. */
  crowding: Float32Array;
}

/** What {@link Kernel.scan} searches for, in steps of the chunk's scale; float32 values and an int32. */
export interface ScanLimit {
  /** Maximum distance times the row's crowding. */
  reach: number;
  /** Maximum error of quantisation, of the probe and of a row. */
  error: number;
  /** 64 times the squared length of the quantised probe, in the scale of the rows. */
  norm: number;
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
   * Finds the samples of one chunk with `norms − dot(quantised, probe) ≤ 64 · (reach / crowding + error)² − norm`. The
   * left side is whole numbers that do not overflow. The right side is computed in float32, cut to an int32 before
   * `norm` is subtracted.
   *
   * @param from a multiple of 4
   * @returns the number of samples written to `hits`, in ascending order
   */
  scan(chunk: number, from: number, to: number, limit: ScanLimit): number;
}
