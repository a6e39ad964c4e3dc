/**
 * Lets the browser paint and hear taps before what follows. Promises alone do not: what is chained to them runs in the
 * same task, and a task of more than 50 ms is felt (W3C Long Tasks).
 */
export function nextTask(): Promise<void> {
  return pause(0);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Waits until the browser has nothing to render or to run, at most half a second; Safari's cannot tell. */
export function calm(): Promise<void> {
  if (!('requestIdleCallback' in globalThis)) return nextTask();
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 500 });
  });
}
