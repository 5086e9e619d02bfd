import { defineConfig } from 'vitest/config'

/** Unit, contract and integration tests. Browser tests are Playwright's (playwright.config.ts). */
export default defineConfig({
  // Vitest runs on Vite, which would otherwise compile JSX for React.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/{unit,contract,integration}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // An embedded PostgreSQL takes up to 7 s to start on a busy machine.
    testTimeout: 20_000,
    hookTimeout: 40_000,
    maxWorkers: 2,
  },
})
