import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server replaces this text in index.html with the nonce of the answer's Content-Security-Policy. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    target: 'es2023',
    // A font or a picture inlined as data: would need a hole in the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
});
