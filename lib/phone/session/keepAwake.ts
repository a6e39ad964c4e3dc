/**
 * Keeps the screen on while the page is visible, where the browser can. The browser releases the lock when the page is
 * hidden (Screen Wake Lock, section 5); it is requested again when the page returns. Returns a function that releases
 * it.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let done = false;
  const take = async () => {
    if (done || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Rejected on low battery; then the screen may turn off, but the page works.
    lock = await navigator.wakeLock.request('screen').catch(() => null);
    if (done) await lock?.release();
  };
  const onVisible = () => void take();
  document.addEventListener('visibilitychange', onVisible);
  void take();
  return () => {
    done = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}
