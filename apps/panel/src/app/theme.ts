import {
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorScheme,
  type MantineColorsTuple,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef2ff',
  '#dbe4ff',
  '#bccdff',
  '#9db7ff',
  '#86a8ff',
  '#6c93fb',
  '#4f79ee',
  '#3a62d8',
  '#2d4fb6',
  '#223e91',
];
/** Mantine's own surfaces, from text (0) to the page (9), moved to our near-black. */
const dark: MantineColorsTuple = [
  '#e8ebf1',
  '#c3c9d4',
  '#a0a8b7',
  '#7f8897',
  '#363c49',
  '#262b36',
  '#171b23',
  '#13161d',
  '#0e1117',
  '#0a0c11',
];
const green: MantineColorsTuple = [
  '#e7fbf1',
  '#cdf5e0',
  '#a0ebc5',
  '#6fdfa7',
  '#4ade9c',
  '#2fc585',
  '#1ea56d',
  '#128557',
  '#0b6b45',
  '#065235',
];
const red: MantineColorsTuple = [
  '#fff0f0',
  '#ffdede',
  '#ffbdbd',
  '#ff9a9a',
  '#ff7f7f',
  '#f45f5f',
  '#de4343',
  '#c42b2b',
  '#a11f1f',
  '#7d1717',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  colors: { accent, dark, green, red },
  defaultRadius: 8,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '620' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});

export const colorSchemes = localStorageColorSchemeManager({ key: 'vakhta-theme' });
export const DEFAULT_SCHEME: MantineColorScheme = 'dark';
