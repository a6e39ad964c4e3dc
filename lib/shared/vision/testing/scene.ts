/**
 * Returns a picture of two tones. The brighter one is on the left, `block` of 96 pixels wide. All values are multiplied
 * by `gain`, then `brighter` is added.
 */
export function scene({ block = 20, brighter = 0, gain = 1 } = {}) {
  const [width, height] = [96, 72];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data.fill((i % width < block ? 120 : 40) * gain + brighter, i * 3, i * 3 + 3);
  }
  return { data, width, height, channels: 3 as const };
}
