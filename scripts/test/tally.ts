/** How many tests passed, failed and were skipped; read from what the runners report. All functions are pure. */

export interface Tally {
  passed: number
  failed: number
  skipped: number
}

export const noTally: Tally = { passed: 0, failed: 0, skipped: 0 }

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The one line that a CI reads. Skipped tests are named only where there are any. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A check without tests of its own: one test, that passed if the program ended with 0. */
export function fromExitCode(code: number): Tally {
  return code === 0 ? { ...noTally, passed: 1 } : { ...noTally, failed: 1 }
}

/** The part of Vitest's JSON report that is read here. */
export interface VitestReport {
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** A file that could not even be loaded has no tests, and counts as one failed. */
export function fromVitest(report: VitestReport, exitCode: number): Tally {
  const tally = { ...noTally }
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1
      else if (status === 'failed') tally.failed += 1
      else tally.skipped += 1
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) tally.failed += 1
  }
  return blame(tally, exitCode)
}

/** The part of Playwright's JSON report that is read here. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** A flaky test failed at least once, so it failed. Errors outside of tests count as one each. */
export function fromPlaywright({ stats, errors }: PlaywrightReport, exitCode: number): Tally {
  return blame({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }, exitCode)
}

/** A runner that ends badly though no test failed (an unhandled error, a crash) is a failure all the same. */
function blame(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}
