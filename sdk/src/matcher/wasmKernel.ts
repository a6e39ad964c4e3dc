import { ENCODING_LENGTH } from '../encoding.ts';
import { CHUNK_SAMPLES, type ChunkMemory, type Kernel, type ScanLimit } from './kernel.ts';
import { KERNEL_WASM } from './kernel.wasm.ts';

const PAGE_BYTES = 65536;
const PROBE_AT = 0;
const HITS_AT = PROBE_AT + ENCODING_LENGTH * 2;
const CHUNKS_AT = PAGE_BYTES;
const ENCODINGS_BYTES = CHUNK_SAMPLES * ENCODING_LENGTH * 4;
const QUANTISED_BYTES = CHUNK_SAMPLES * ENCODING_LENGTH;
const ROW_BYTES = CHUNK_SAMPLES * 4;
const CHUNK_BYTES = ENCODINGS_BYTES + QUANTISED_BYTES + 2 * ROW_BYTES;

type Scan = (
  quantised: number,
  norms: number,
  crowding: number,
  from: number,
  to: number,
  probe: number,
  reach: number,
  error: number,
  norm: number,
  hits: number,
) => number;

/**
 * Returns the kernel in WebAssembly SIMD; `null` where the runtime does not support it. Limit: six million samples (4
 * GB).
 */
export function wasmKernel(): Kernel | null {
  const module = compile();
  if (!module) return null;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const scan = exports.scan as Scan;
  const kernel = {
    chunks: [] as ChunkMemory[],
    probe: new Int16Array(memory.buffer, PROBE_AT, ENCODING_LENGTH),
    hits: new Int32Array(memory.buffer, HITS_AT, CHUNK_SAMPLES),
    get bytes() {
      return memory.buffer.byteLength;
    },
    grow() {
      const count = kernel.chunks.length + 1;
      const missing = CHUNKS_AT + count * CHUNK_BYTES - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      // Growing moves the buffer and detaches every view of it.
      kernel.probe = new Int16Array(memory.buffer, PROBE_AT, ENCODING_LENGTH);
      kernel.hits = new Int32Array(memory.buffer, HITS_AT, CHUNK_SAMPLES);
      kernel.chunks = Array.from({ length: count }, (_, chunk) => {
        const at = CHUNKS_AT + chunk * CHUNK_BYTES;
        return {
          encodings: new Float32Array(memory.buffer, at, CHUNK_SAMPLES * ENCODING_LENGTH),
          quantised: new Int8Array(memory.buffer, at + ENCODINGS_BYTES, CHUNK_SAMPLES * ENCODING_LENGTH),
          norms: new Int32Array(memory.buffer, at + ENCODINGS_BYTES + QUANTISED_BYTES, CHUNK_SAMPLES),
          crowding: new Float32Array(memory.buffer, at + ENCODINGS_BYTES + QUANTISED_BYTES + ROW_BYTES, CHUNK_SAMPLES),
        };
      });
    },
    scan(chunk: number, from: number, to: number, { reach, error, norm }: ScanLimit) {
      const quantised = CHUNKS_AT + chunk * CHUNK_BYTES + ENCODINGS_BYTES;
      const norms = quantised + QUANTISED_BYTES;
      return scan(quantised, norms, norms + ROW_BYTES, from, to, PROBE_AT, reach, error, norm, HITS_AT);
    },
  };
  return kernel;
}

let compiled: WebAssembly.Module | null | undefined;

/** Compiles synchronously: at 799 bytes, the module is below the 4 KB that some browsers allow on the main thread. */
function compile(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(KERNEL_WASM), (char) => char.charCodeAt(0));
    // `validate` returns false where SIMD is unsupported; WebAssembly itself is missing in hardened browsers.
    compiled = typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}
