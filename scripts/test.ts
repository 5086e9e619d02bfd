/**
 * What `npm test` runs: types, lint, unit, contract, integration, builds and browser tests, in that order, and one closing line
 * `N passed, N failed, N skipped` over all of them. A check without tests of its own (types, lint, a build) counts as one.
 *
 *   npm test                      everything
 *   npm test -- unit              one group
 *   npm test -- e2e answer        one group, only files whose name contains “answer”
 */
import { groups, plan } from './test/groups.ts'
import { add, closingLine, fromExitCode, noTally } from './test/tally.ts'

const [group, ...filters] = process.argv.slice(2)
const checks = plan(group, filters)
if (checks.length === 0) {
  console.error(`There is no test group called “${group}”. Groups: ${groups.join(', ')}.`)
  process.exit(2)
}

let total = noTally
const failures: string[] = []
for (const check of checks) {
  console.log(`\n━━ ${check.name}`)
  const started = Date.now()
  const tally = await check.run().catch((error) => {
    console.error(error)
    return fromExitCode(1)
  })
  total = add(total, tally)
  if (tally.failed > 0) failures.push(check.name)
  console.log(`   ${closingLine(tally)}, in ${Math.round((Date.now() - started) / 1000)} s`)
}
console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '')
console.log(closingLine(total))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
