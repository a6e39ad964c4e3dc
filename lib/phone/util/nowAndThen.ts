/** How often progress is told at most, ms: the page renders each telling, in the midst of what progresses. */
const EVERY_MS = 250;

/** Passes on a value unless it passed one a moment ago; those that matter (`isDue`) always. */
export function nowAndThen<T>(
  tell: (value: T) => void,
  isDue: (value: T) => boolean = () => false,
): (value: T) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - toldAt < EVERY_MS && !isDue(value)) return;
    toldAt = now;
    tell(value);
  };
}
