const RELOADED_AT = 'vakhta.reloaded-for';

/**
 * A page left open over an update asks for parts that are no longer there: it is loaded anew, once, and then has the
 * newer version. A part that is missing again right after that is a fault and is shown as one.
 */
export function reloadForNewerVersion(): void {
  addEventListener('vite:preloadError', (event) => {
    const part = String(event.payload);
    if (sessionStorage.getItem(RELOADED_AT) === part) return;
    sessionStorage.setItem(RELOADED_AT, part);
    event.preventDefault();
    location.reload();
  });
}
