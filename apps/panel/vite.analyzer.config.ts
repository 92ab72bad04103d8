import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const source = (path: string) => join(import.meta.dirname, 'src/features/analyzer/jobs', path);

const icon = readFileSync(join(import.meta.dirname, 'public/icon.svg'), 'utf8');

/** Moves the page's script and styles into the page, so that it is one file and opens from anywhere. */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle: {
      // After the licences have been gathered from what is bundled.
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build has no page');
        let html = String(page.source).replaceAll(
          /<(?:script|link)[^>]+(?:src|href)="\.\/[^>]*>(?:<\/script>)?/g,
          '',
        );
        for (const [name, file] of Object.entries(bundle)) {
          if (file.type === 'chunk') {
            // What would end the script early is written so that it does not.
            const code = file.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
            html = html.replace('</body>', () => `<script type="module">${code}</script>\n</body>`);
          } else if (name.endsWith('.css')) {
            html = html.replace('</head>', () => `<style>${String(file.source)}</style>\n</head>`);
          } else continue;
          delete bundle[name];
        }
        page.source = html.replace(
          '</head>',
          () => `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">\n</head>`,
        );
      },
    },
  };
}

/** The Analyzer as one HTML file that needs no server and no network: `npm run build:analyzer`. */
export default defineConfig({
  root: join(import.meta.dirname, 'analyzer'),
  base: './',
  publicDir: false,
  plugins: [
    {
      name: 'inlined-worker',
      enforce: 'pre',
      resolveId: (id) => (id.endsWith('/start-worker.ts') ? source('start-inlined-worker.ts') : undefined),
    },
    react(),
    oneFile(),
  ],
  worker: { format: 'iife' },
  build: {
    target: 'es2023',
    outDir: join(import.meta.dirname, 'analyzer/dist'),
    emptyOutDir: true,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    license: { fileName: 'licences.md' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
