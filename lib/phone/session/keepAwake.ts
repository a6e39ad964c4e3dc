/**
 * Keeps the screen on while the page is in sight, where the browser can. The lock falls whenever the page is hidden
 * (Screen Wake Lock, section 5) and is taken again when it comes back. Returns how to let go.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let done = false;
  const take = async () => {
    if (done || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused on low battery: the page works all the same, only the screen may go dark.
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
