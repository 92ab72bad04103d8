import { defineConfig } from 'vitest/config';

/** A real browser on real processes: one file at a time, since each starts a desk of its own. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: ['verbose'],
  },
});
