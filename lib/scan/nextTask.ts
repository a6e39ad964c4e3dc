/**
 * Lets the browser paint and hear taps before what follows. Promises alone do not: what is chained to them runs in the
 * same task, and a task of more than 50 ms is felt (W3C Long Tasks).
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
