/** Maximum number of rows per page on the server. */
const PAGE = 200;

/** Reads a list page by page, until it ends or there are `limit` rows. */
export async function upTo<Row>(
  limit: number,
  read: (page: { limit: number; cursor: string | undefined }) => Promise<{ items: Row[]; next_cursor: string | null }>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let cursor: string | undefined; found.length < limit; ) {
    const { items, next_cursor } = await read({ limit: Math.min(PAGE, limit - found.length), cursor });
    found.push(...items);
    if (next_cursor === null) break;
    cursor = next_cursor;
  }
  return found;
}
