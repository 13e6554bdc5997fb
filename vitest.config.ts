import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One run over every workspace. Zone and locale are pinned: a stamp without a zone must not depend on the machine.
process.env.TZ = 'UTC';

const require = createRequire(import.meta.url);

const commonJs = (name: string) => ({
  find: new RegExp(`^@grafana/${name}$`),
  replacement: require.resolve(`@grafana/${name}`),
});

const icons = fileURLToPath(new URL('node_modules/@grafana/ui/dist/public', import.meta.url));

export default defineConfig({
  test: {
    // Two at a time even on two cores: many tests wait for a process of their own.
    maxWorkers: 2,
    projects: [
      { test: { name: 'ingest', include: ['ingest/src/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      {
        // Grafana's packages as CommonJS: their ES modules name exports that Node does not find in CommonJS packages
        // below them, and letting Vite transform them instead costs seconds a file.
        resolve: { alias: ['data', 'runtime', 'scenes', 'ui'].map(commonJs) },
        test: {
          name: 'plugins',
          include: ['{datasource,panel}-plugin/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 60_000,
          // Icons are fetched from Grafana; here they come from the package, and no server is asked.
          environmentOptions: {
            happyDOM: { settings: { fetch: { virtualServers: [{ url: /\/public\/build/, directory: icons }] } } },
          },
        },
      },
      {
        resolve: { alias: ['data', 'runtime', 'scenes', 'ui'].map(commonJs) },
        test: {
          name: 'workbench',
          include: ['workbench/page/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 60_000,
        },
      },
      { test: { name: 'repository', include: ['{scripts,test/repository}/**/*.test.{ts,mjs}'], testTimeout: 60_000 } },
    ],
  },
});
