import '@fontsource-variable/inter/wght.css';
import './app/mantine-styles.ts';
import './app/theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { colorSchemes, DEFAULT_SCHEME, theme } from './app/theme.ts';
import { preferredLanguage, speak } from './words/words.ts';

// The Analyzer as one file of its own: no desk, no session, no request.
await speak(preferredLanguage());
// Its words join those that are spoken already.
const { StandAlonePage } = await import('./features/analyzer/stand-alone-page.tsx');

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} colorSchemeManager={colorSchemes} defaultColorScheme={DEFAULT_SCHEME}>
      <StandAlonePage />
    </MantineProvider>
  </StrictMode>,
);
