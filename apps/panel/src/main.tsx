import '@fontsource-variable/inter/wght.css';
import './app/mantine-styles.ts';
import './app/theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { reloadForNewerVersion } from './app/newer-version.ts';
import { nonce } from './app/nonce.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { colorSchemes, DEFAULT_SCHEME, theme } from './app/theme.ts';
import { preferredLanguage, speak } from './words/words.ts';

reloadForNewerVersion();
await speak(preferredLanguage());

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemes}
      defaultColorScheme={DEFAULT_SCHEME}
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" limit={4} />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
