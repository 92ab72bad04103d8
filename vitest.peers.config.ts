import { defineConfig } from 'vitest/config';

/** Tests against foreign programs (`adb`, another PostgreSQL): one file at a time, because they share the machine. */
export default defineConfig({
  test: {
    include: ['{packages,apps}/**/*.peer.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['apps/server/test/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
