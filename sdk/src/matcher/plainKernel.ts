import { ENCODING_LENGTH } from '../encoding.ts';
import { CHUNK_SAMPLES, type ChunkMemory, type Kernel, type ScanLimit } from './kernel.ts';

// A local constant: bundlers turn an imported one into a getter, which is too slow for the loop below.
const LENGTH = ENCODING_LENGTH;

/** The kernel in JavaScript, for runtimes without WebAssembly SIMD: the same results, some twenty times slower. */
export function plainKernel(): Kernel {
  const chunks: ChunkMemory[] = [];
  const probe = new Int16Array(ENCODING_LENGTH);
  const hits = new Int32Array(CHUNK_SAMPLES);
  return {
    chunks,
    probe,
    hits,
    get bytes() {
      return chunks.length * CHUNK_SAMPLES * (ENCODING_LENGTH * 5 + 8);
    },
    grow() {
      chunks.push({
        encodings: new Float32Array(CHUNK_SAMPLES * ENCODING_LENGTH),
        quantised: new Int8Array(CHUNK_SAMPLES * ENCODING_LENGTH),
        norms: new Int32Array(CHUNK_SAMPLES),
        crowding: new Float32Array(CHUNK_SAMPLES),
      });
    },
    scan(chunk, from, to, limit) {
      const { quantised, norms, crowding } = chunks[chunk] as ChunkMemory;
      let found = 0;
      for (let sample = from; sample < to; sample++) {
        let dot = 0;
        const start = sample * LENGTH;
        for (let i = 0; i < LENGTH; i++) dot += (quantised[start + i] as number) * (probe[i] as number);
        if ((norms[sample] as number) - dot <= limitOf(crowding[sample] as number, limit)) hits[found++] = sample;
      }
      return found;
    },
  };
}

const INT32_MAX = 0x7fffffff;

/** The right side of the condition, rounded to float32 after each operation, as SIMD does. */
function limitOf(crowding: number, { reach, error, norm }: ScanLimit): number {
  const round = Math.fround;
  const radius = round(round(reach / crowding) + error);
  return Math.min(INT32_MAX, Math.trunc(round(round(radius * radius) * 64))) - norm;
}
