// The inner loop of the exact matcher, in AssemblyScript: `npm run sdk:kernel` compiles it into
// sdk/src/matcher/kernel.wasm.ts. What the numbers mean stands in sdk/src/matcher/Chunk.ts.

/**
 * Writes to `hits` the index of every sample in `from … to` whose `norms − dot(quantised, probe)` is at most
 * `64 · (reach ÷ crowding + error)² − norm`.
 *
 * Four samples at a time share each load of the probe and one horizontal sum. Nothing overflows: a dot product of 128
 * int8 and int16 is at most 128 · 127 · 32767 < 2^29, a norm 64 · 128 · 127² < 2^27. The square is cut to an int32
 * before `norm`, 0 to 2^30, is subtracted.
 *
 * @param quantised address of the chunk's int8, 128 a sample
 * @param norms     address of the chunk's int32, one a sample
 * @param crowding  address of the chunk's float32, one a sample
 * @param from      first sample, a multiple of 4
 * @param to        one after the last sample; the rows up to the next multiple of 4 exist
 * @param probe     address of 128 int16
 * @param reach     float32
 * @param error     float32
 * @param norm      int32
 * @param hits      address of room for `to − from` int32
 * @returns how many were written
 */
export function scan(
  quantised: usize,
  norms: usize,
  crowding: usize,
  from: i32,
  to: i32,
  probe: usize,
  reach: f32,
  error: f32,
  norm: i32,
  hits: usize,
): i32 {
  const reaches = f32x4.splat(reach);
  const errors = f32x4.splat(error);
  const probeNorms = i32x4.splat(norm);
  let found = 0;
  for (let i = from; i < to; i += 4) {
    const row = quantised + ((<usize>i) << 7);
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    for (let k: usize = 0; k < 128; k += 32) {
      const at = row + k;
      let p = v128.load(probe + (k << 1));
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at), p));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 128), p));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 256), p));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 384), p));
      p = v128.load(probe + (k << 1), 16);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 8), p));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 136), p));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 264), p));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 392), p));
      p = v128.load(probe + (k << 1), 32);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 16), p));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 144), p));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 272), p));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 400), p));
      p = v128.load(probe + (k << 1), 48);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 24), p));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 152), p));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 280), p));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 408), p));
    }
    // Transposes and adds: the four sums of a, b, c and d in the four lanes of one vector.
    const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
    const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
    const dots = i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
    const scores = i32x4.sub(v128.load(norms + ((<usize>i) << 2)), dots);
    const radius = f32x4.add(f32x4.div(reaches, v128.load(crowding + ((<usize>i) << 2))), errors);
    const squares = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(radius, radius), f32x4.splat(64)));
    let mask = i32x4.bitmask(i32x4.le_s(scores, i32x4.sub(squares, probeNorms)));
    while (mask) {
      const index = i + ctz(mask);
      mask &= mask - 1;
      if (index < to) {
        store<i32>(hits + ((<usize>found) << 2), index);
        found++;
      }
    }
  }
  return found;
}
