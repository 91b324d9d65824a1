import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const alias = [{ find: /^#contract\//, replacement: `${root}/contract/` }]
const long = process.env['FICHA_TESTS'] === 'long'
const kind = long ? 'long' : 'test'
/** Servers, databases and browsers run beside each test file: two files at once keep two cores busy. */
const maxWorkers = 2

/** `server` speaks HTTP to a real database, `e2e` drives a real browser, `web` is what needs neither. */
export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ['default', './scripts/report-skipped.ts'],
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'web',
          include: [`web/**/*.${kind}.{ts,tsx}`, `contract/**/*.${kind}.ts`],
          environment: 'node',
          maxWorkers,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'server',
          include: [`server/**/*.${kind}.ts`, `scripts/**/*.${kind}.ts`, `bench/**/*.${kind}.ts`],
          globalSetup: 'server/testing/start-databases.ts',
          pool: 'forks',
          isolate: false,
          maxWorkers,
          testTimeout: long ? 900_000 : 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: [`e2e/**/*.${kind}.ts`],
          globalSetup: 'server/testing/start-databases.ts',
          pool: 'forks',
          isolate: false,
          maxWorkers,
          testTimeout: long ? 900_000 : 240_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
