/**
 * Starts `work` on up to `ahead` items at a time, and yields the promises in order of the items. The reader handles
 * rejections.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<{ item: T; result: Promise<R> }> {
  const started: { item: T; result: Promise<R> }[] = [];
  const start = (item: T) => {
    const result = work(item);
    // It may reject before it is read.
    result.catch(() => {});
    started.push({ item, result });
  };
  for (const item of items) {
    start(item);
    if (started.length < ahead) continue;
    const next = started.shift();
    if (next) {
      yield next;
      await next.result.catch(() => {});
    }
  }
  yield* started;
}
