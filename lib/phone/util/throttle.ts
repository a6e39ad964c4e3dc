/** Minimum interval between two values, ms: each one makes the page render, while the work goes on. */
const INTERVAL_MS = 250;

/** Throttles `emit` to once per 250 ms. Values for which `always` returns true pass immediately. */
export function throttle<T>(emit: (value: T) => void, always: (value: T) => boolean = () => false): (value: T) => void {
  let emittedAt = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - emittedAt < INTERVAL_MS && !always(value)) return;
    emittedAt = now;
    emit(value);
  };
}
