/**
 * Wraps `work` so that it never runs twice at once. Calls during a run share the next run, which starts after it and
 * therefore sees everything that happened before the call. Rejects with the error of that run; later runs are not
 * affected.
 */
export function shareRuns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const run = () => {
    next = null;
    running = work();
    return running;
  };
  return () => {
    next ??= running.then(run, run);
    return next;
  };
}
