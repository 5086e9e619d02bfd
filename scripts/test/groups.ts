/** The checks behind `npm test`, in the order in which they run: the cheap ones first. */
import { lint } from '../lint/lint.ts'
import { bin, runBiome, runScript, tallyOf } from './run.ts'
import { fromExitCode, fromPlaywright, fromVitest, type Tally } from './tally.ts'

export interface Check {
  /** The word by which `npm test -- <group>` asks for it. */
  group: string
  name: string
  run: () => Promise<Tally>
}

const check = (group: string, name: string, run: () => Promise<number>): Check => ({
  group,
  name,
  run: async () => fromExitCode(await run()),
})

const types = (scope: string): Check => check('types', `types: ${scope}`, () => runScript(bin.tsc, ['-p', `tsconfig.${scope}.json`]))

const vitest = (group: string, filters: string[]): Check => ({
  group,
  name: `${group} tests`,
  run: () =>
    tallyOf(
      group,
      (file) =>
        runScript(bin.vitest, [
          'run',
          ...vitestFiles(group, filters),
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${file}`,
        ]),
      fromVitest,
    ),
})

const vitestFiles = (group: string, filters: string[]) =>
  filters.length > 0 ? filters.map((filter) => `tests/${group}/${filter}`) : [`tests/${group}/`]

const playwright = (filters: string[]): Check => ({
  group: 'e2e',
  name: 'browser tests',
  run: () =>
    tallyOf(
      'e2e',
      (file) => runScript(bin.playwright, ['test', ...filters, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
      fromPlaywright,
    ),
})

const build = (group: string, browser: 'chrome' | 'firefox') =>
  check(group, `build for ${browser}`, () => runScript(bin.wxt, ['build', '-b', browser]))

function allChecks(filters: string[]): Check[] {
  return [
    check('types', 'wxt prepare', () => runScript(bin.wxt, ['prepare'])),
    types('shared'),
    types('node'),
    types('browser'),
    check('lint', 'biome', runBiome),
    check('lint', 'our own rules', lint),
    vitest('unit', filters),
    vitest('contract', filters),
    vitest('integration', filters),
    build('build', 'firefox'),
    check('build', 'web-ext lint', () => runScript(bin.webExt, ['lint', '--source-dir', '.output/firefox-mv2', '--no-config-discovery'])),
    build('build', 'chrome'),
    playwright(filters),
  ]
}

export const groups = [...new Set(allChecks([]).map(({ group }) => group))]

/** The checks of one group, or all. The browser tests alone are preceded by the build that they run. */
export function plan(group: string | undefined, filters: string[]): Check[] {
  const checks = allChecks(filters).filter((each) => !group || each.group === group)
  return group === 'e2e' ? [build('e2e', 'chrome'), ...checks] : checks
}
