/** Rows of one statement: what has become due over a year must not hold a table for minutes. */
const BATCH = 5_000;

/**
 * Erases many rows in statements of some, until one finds none: one that finds fewer than it may take can have met others
 * who erase too. Returns how many.
 * @param erase erases at most so many, and answers how many they were
 */
export async function inBatches(erase: (limit: number) => Promise<number>, size = BATCH): Promise<number> {
  for (let erased = 0; ; ) {
    const count = await erase(size);
    if (count === 0) return erased;
    erased += count;
  }
}
