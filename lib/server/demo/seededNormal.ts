/**
 * Returns a generator of normally distributed numbers; the same seed gives the same sequence. Xorshift32 with
 * Marsaglia's polar method.
 */
export function seededNormal(seed: number): () => number {
  const uniform = seededUniform(seed);
  const symmetric = () => 2 * uniform() - 1;
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const [x, y] = [symmetric(), symmetric()];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** Returns a generator of numbers from 0 to below 1; the same seed gives the same sequence. The seed must not be 0. */
export function seededUniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
