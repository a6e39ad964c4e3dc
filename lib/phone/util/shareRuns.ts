/**
 * Makes a function that does `work`, never twice at once: whoever asks while it is being done shares the next run, which
 * begins after what they know of had happened. Rejects with what that run rejects with; later runs go on.
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
