import { defineConfig } from 'vitest/config';

process.env.TZ = 'UTC';

// Files run one after the other: they share one suite and one browser, and two cores.
export default defineConfig({
  test: {
    name: 'e2e',
    root: import.meta.dirname,
    include: ['**/*.spec.ts'],
    globalSetup: ['./suite.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
