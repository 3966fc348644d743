import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Apollo's packages load graphql as CommonJS while ours load it as ES modules; graphql refuses a schema
// that was built by the other copy. One file for both keeps one instance.
const alias = {
  graphql: fileURLToPath(new URL('./node_modules/graphql/index.js', import.meta.url)),
};

const exclude = ['**/node_modules/**', '.hoerok/**'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{packages,gateway,subgraphs,scripts,bench,chaos}/**/*.test.ts'],
          exclude: [...exclude, '**/*.integration.test.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['{packages,gateway,subgraphs,scripts,chaos}/**/*.integration.test.ts'],
          exclude,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          globalSetup: ['e2e/stack/global-setup.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
