/** Maximum number of rows per statement. Deleting all that expired in a year must not lock a table for minutes. */
const BATCH = 5_000;

/**
 * Deletes many rows in batches, until a batch finds none. A batch below the limit does not mean the end, because others
 * may delete at the same time. Returns the number of deleted rows.
 * @param erase deletes up to `limit` rows, and returns how many it deleted
 */
export async function inBatches(erase: (limit: number) => Promise<number>, size = BATCH): Promise<number> {
  for (let erased = 0; ; ) {
    const count = await erase(size);
    if (count === 0) return erased;
    erased += count;
  }
}
