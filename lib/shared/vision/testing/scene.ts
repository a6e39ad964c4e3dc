/** A picture of two tones: the brighter one on the left, `block` pixels of 96 wide, all times `gain` and plus `brighter`. */
export function scene({ block = 20, brighter = 0, gain = 1 } = {}) {
  const [width, height] = [96, 72];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data.fill((i % width < block ? 120 : 40) * gain + brighter, i * 3, i * 3 + 3);
  }
  return { data, width, height, channels: 3 as const };
}
