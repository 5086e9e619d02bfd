import { defineConfig } from '@playwright/test'

/** Browser tests: real Chromium, the built extension, real media. `npm test -- e2e` builds the extension first. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  // Whatever hangs, the closing line comes while a CI still listens.
  globalTimeout: 30 * 60_000,
  expect: { timeout: 15_000 },
  // Every test has its own switchboard, companion and browsers; one at a time keeps the audio whole on two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try hides a race, and races are what these tests are for.
  retries: 0,
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
})
