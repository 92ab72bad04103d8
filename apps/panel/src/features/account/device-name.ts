/** Looked for in this order: Edge and Opera say that they are Chrome too, and Chrome that it is Safari. */
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
/** Android says that it is Linux too, an iPhone that it is like Mac OS X. */
const SYSTEMS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const named = (table: typeof BROWSERS, device: string) => table.find(([mark]) => mark.test(device))?.[1];

/** 'Firefox · Windows' for what a browser says of itself; what is no browser's is shown as it is. */
export function deviceName(device: string): string {
  const parts = [named(BROWSERS, device), named(SYSTEMS, device)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' · ') : device;
}
