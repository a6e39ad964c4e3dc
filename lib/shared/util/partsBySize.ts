/**
 * Splits items in order into parts, each with a total size of at most `most`. A larger item gets its own part.
 * @param sizeOf returns an item's size, in the unit of `most`
 */
export function partsBySize<Item>(items: readonly Item[], sizeOf: (item: Item) => number, most: number): Item[][] {
  const parts: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (parts.length === 0 || size > room) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)?.push(item);
    room -= size;
  }
  return parts;
}
