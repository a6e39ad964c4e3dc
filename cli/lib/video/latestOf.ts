/** Reads a live source continuously and yields only the newest item. Missed items are dropped. */
export async function* latestOf<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  let newest: { value: T } | null = null;
  let done = false;
  let failure: { error: unknown } | null = null;
  let wake = () => {};
  const reading = (async () => {
    try {
      for await (const value of source) {
        newest = { value };
        wake();
      }
    } catch (error) {
      failure = { error };
    }
    done = true;
    wake();
  })();
  const next = () => newest as { value: T } | null;
  for (;;) {
    const taken = next();
    newest = null;
    if (taken) yield taken.value;
    else if (done) break;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  await reading;
  const failed = failure as { error: unknown } | null;
  if (failed) throw failed.error;
}
