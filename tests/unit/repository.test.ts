/** The repository is tested too: what lies where, what is pinned, which words exist. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findForeignLicences, findHoles, type Lock } from '../../scripts/lint/lock.ts'
import { listSources, readSource } from '../../scripts/lint/sources.ts'
import { type Catalogue, compare, findUnknown, findUnused, readAsked } from '../../scripts/lint/words-used.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const folders = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.posix.join(folder, entry.name))

describe('a stranger finds the way', () => {
  const top = ['entrypoints', 'components', 'background', 'utils', 'companion', 'switchboard', 'scripts', 'tests']
  const below = ['companion', 'switchboard', 'utils'].flatMap(folders)

  test.each([...top, ...below])('%s says what lives there', (folder) => {
    expect(isExplained(folder), 'a README.md, a front file that begins with a doc comment, or a line in the README above').toBe(true)
  })

  function isExplained(folder: string): boolean {
    const name = path.basename(folder)
    if (existsSync(path.join(root, folder, 'README.md'))) return true
    const fronts = ['index', 'main', 'start', name]
      .flatMap((front) => [`${front}.ts`, `${front}.tsx`])
      .map((front) => path.join(folder, front))
    if (fronts.some((front) => existsSync(path.join(root, front)) && read(front).startsWith('/**'))) return true
    const above = path.dirname(folder) === '.' ? 'ARCHITECTURE.md' : path.join(path.dirname(folder), 'README.md')
    return existsSync(path.join(root, above)) && read(above).includes(`${name}/`)
  }

  test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'])('there is a %s', (file) => {
    expect(statSync(path.join(root, file)).size).toBeGreaterThan(500)
  })

  test('files are small enough to be read at once', () => {
    const lengths = listSources(root)
      .filter((file) => !file.startsWith('tests/'))
      .map((file) => ({ file, lines: read(file).split('\n').length }))
      .sort((a, b) => a.lines - b.lines)
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(60)
    expect(lengths[Math.floor(lengths.length * 0.95)]?.lines).toBeLessThanOrEqual(180)
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  })

  test('file names are in kebab case', () => {
    expect(listSources(root).filter((file) => !/^[a-z0-9.-]+$/.test(path.basename(file)))).toEqual([])
  })
})

describe('packages', () => {
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'overrides', Record<string, string>>
  const lock = (JSON.parse(read('package-lock.json')) as { packages: Lock }).packages

  test('every version is pinned', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test('the lock has no holes, so that npm ci works on every platform', () => {
    expect(findHoles(lock)).toEqual([])
  })

  test('a hole is found', () => {
    const holed: Lock = {
      'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-mac': '1' } },
      'node_modules/a/node_modules/a-linux': {},
      'node_modules/a/node_modules/b': { optionalDependencies: { 'a-linux': '1', 'b-mac': '1' } },
    }
    expect(findHoles(holed)).toEqual(['node_modules/a: a-mac', 'node_modules/a/node_modules/b: b-mac'])
  })

  test('what we ship may be shipped', () => {
    expect(findForeignLicences(lock)).toEqual([])
  })

  test('a licence that asks for more is found', () => {
    const foreign: Lock = {
      'node_modules/a': { license: 'GPL-3.0' },
      'node_modules/b': { license: '(MIT OR GPL-3.0)' },
      'node_modules/c': { license: 'MIT AND GPL-3.0' },
      'node_modules/d': {},
      'node_modules/e': { license: 'GPL-3.0', dev: true },
    }
    expect(findForeignLicences(foreign)).toEqual([
      'node_modules/a: GPL-3.0',
      'node_modules/c: MIT AND GPL-3.0',
      'node_modules/d: none named',
    ])
  })
})

describe('words', () => {
  const catalogue = (language: string) => JSON.parse(read(`public/_locales/${language}/messages.json`)) as Catalogue
  const code = listSources(root)
    .filter((file) => /^(entrypoints|components|background|utils|wxt\.config)/.test(file))
    .map((file) => readSource(file, read(file)).code)
    .join('\n')

  test('Polish has all that English has, with the same placeholders', () => {
    expect(compare(catalogue('en'), catalogue('pl'))).toEqual([])
  })

  test('every key that the code asks for exists', () => {
    expect(findUnknown(readAsked(code), catalogue('en'))).toEqual([])
  })

  test('every key is used', () => {
    expect(findUnused(readAsked(code), catalogue('en'))).toEqual([])
  })

  test('a gap in a catalogue is found', () => {
    const english = {
      hello: { message: 'Hello $1' },
      bye: { message: 'Bye' },
      call_other: { message: '$1 calls' },
      skip_away: { message: 'Away' },
    }
    const polish = {
      hello: { message: 'Cześć' },
      call_other: { message: '$1' },
      call_few: { message: '$1' },
      skip_away: { message: 'x' },
      no: { message: '' },
    }
    expect(compare(english, polish)).toEqual(['bye is missing', 'no has no English', 'hello has other placeholders'])
    const asked = readAsked(`words('hello', name) + words('gone') + wordsFor(calls, 'call') + wordsOf('skip', why)`)
    expect(findUnknown(asked, english)).toEqual(['gone'])
    expect(findUnused(asked, english)).toEqual(['bye'])
  })
})
