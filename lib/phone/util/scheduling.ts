/**
 * Yields to the event loop so that the browser can paint and handle input. Promises alone do not yield: their callbacks
 * run in the same task, and a task of more than 50 ms is noticeable (W3C Long Tasks).
 */
export function yieldToMain(): Promise<void> {
  return pause(0);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/**
 * Resolves when the browser is idle, at the latest after 500 ms. Without `requestIdleCallback` (Safari) it only yields.
 */
export function whenIdle(): Promise<void> {
  if (!('requestIdleCallback' in globalThis)) return yieldToMain();
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 500 });
  });
}
