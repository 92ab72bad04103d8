import { useEffect } from 'react';

/** Keeps the screen from going dark while the page is shown, where the browser can. */
export function useKeepAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const take = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      // Refused on a battery that is nearly empty: the wall then goes dark as any page does.
      const taken = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (left) void taken?.release();
      else lock = taken;
    };
    void take();
    // A lock is lost whenever the page is hidden.
    document.addEventListener('visibilitychange', take);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, []);
}
