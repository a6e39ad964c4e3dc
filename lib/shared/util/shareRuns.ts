/**
 * Shares runs of `work` between callers. Only one run is active at a time. Each caller gets a run that started after
 * its call, so the run has seen everything that was true at the call. All calls during a run share the next one.
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
        // The callers of this run get its error. Those of the next run only wait for its end.
      })
      .then(() => {
        next = null;
        return running ?? start();
      });
    return next;
  };
}
