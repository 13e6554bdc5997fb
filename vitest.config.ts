import { defineConfig } from 'vitest/config';

// One run over every workspace. Zone and locale are pinned: a stamp without a zone must not depend on the machine.
process.env.TZ = 'UTC';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'ingest', include: ['ingest/src/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'plugins', include: ['{datasource,panel}-plugin/src/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      { test: { name: 'workbench', include: ['workbench/{page,src}/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      { test: { name: 'repository', include: ['{scripts,test/repository}/**/*.test.{ts,mjs}'], testTimeout: 60_000 } },
    ],
  },
});
