/**
 * Splits items into parts, in order, each of at most `most` together. An item that is larger has a part of its own.
 * @param sizeOf an item's size, in the unit of `most`
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
