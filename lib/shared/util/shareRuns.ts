/**
 * Makes callers share runs of `work`, one at a time, such that each gets a run that started after its call: what was
 * true when it called is what the run has seen. However many call during a run, they share the next one.
 */
export function shareRuns<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    running = work().finally(() => {
      running = null;
    });
    return running;
  }

  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => {
        // It failed for those who shared it; those who wait for the next one only wait for its end.
      })
      .then(() => {
        next = null;
        return running ?? start();
      });
    return next;
  };
}
