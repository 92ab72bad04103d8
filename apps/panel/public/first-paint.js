// Runs before the first paint, so that nobody in the dark is flashed with a white page, nor the other way round.
// Zod compiles parsers by `eval`, which the page's policy forbids; it must know before its first schema is made.
globalThis.__zod_globalConfig = { jitless: true };
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const chosen = read('vakhta-theme') ?? 'dark';
  const light =
    chosen === 'light' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset.mantineColorScheme = light ? 'light' : 'dark';
  root.lang = read('vakhta-language') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
})();
