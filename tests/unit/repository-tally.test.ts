import { expect, test } from 'vitest'
import { add, closingLine, fromExitCode, fromPlaywright, fromVitest } from '../../scripts/test/tally.ts'

const file = (...statuses: string[]) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
})

test('the closing line is what a CI reads', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(closingLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped')
})

test('a check without tests of its own counts as one', () => {
  expect(add(fromExitCode(0), fromExitCode(2))).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('Vitest: passed, failed, and whatever did not run', () => {
  const report = { testResults: [file('passed', 'passed', 'skipped'), file('failed', 'todo')] }
  expect(fromVitest(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('Vitest: a file that does not load is a failure, though it has no tests', () => {
  expect(fromVitest({ testResults: [{ status: 'failed', assertionResults: [] }] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('Vitest: an unhandled error fails the run, though every test passed', () => {
  expect(fromVitest({ testResults: [file('passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('Playwright: flaky tests and errors outside of tests are failures', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 }, errors: [{}] }
  expect(fromPlaywright(report, 1)).toEqual({ passed: 5, failed: 3, skipped: 1 })
})
