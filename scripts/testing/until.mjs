/**
 * Waits until a condition holds.
 * @param {string} what the condition, for the error
 * @param {number} timeoutMs
 * @param {() => Promise<boolean>} holds called four times a second; an error counts as false
 * @returns {Promise<number>} the seconds waited
 */
export async function until(what, timeoutMs, holds) {
  const started = performance.now();
  let reason = '';
  while (performance.now() - started < timeoutMs) {
    const held = await holds().catch((error) => {
      reason = `: ${error.message}`;
      return false;
    });
    if (held) return (performance.now() - started) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what} not within ${timeoutMs / 1000} s${reason}`);
}
