/** The words are whole: every key that the code uses exists, in both languages, and every member of the protocol's lists has its words. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import en from '../../public/_locales/en/messages.json' with { type: 'json' }
import pl from '../../public/_locales/pl/messages.json' with { type: 'json' }
import {
  AuditLine,
  CallOutcome,
  ChannelPart,
  DraftStep,
  errors,
  LedgerVerdict,
  MissedReason,
  Notification,
  Role,
  SkipReason,
  Status,
  StatusReason,
} from '../../utils/protocol/index.ts'

const tables: Record<string, Record<string, { message: string }>> = { en, pl }
const categories: Record<string, string[]> = { en: ['one', 'other'], pl: ['one', 'few', 'many', 'other'] }
const plural = /_(one|few|many|other)$/

const code = globSync(['components/**/*.{ts,tsx}', 'entrypoints/{pilot,popup,desk}/**/*.tsx', 'utils/*.ts', 'background/*.ts'], {
  cwd: new URL('../..', import.meta.url),
})
  .map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
  .join('\n')
const found = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[1] as string)

const members = (family: string, list: readonly string[]) => list.map((member) => `${family}_${member.replaceAll('-', '_')}`)
const skipReasons = SkipReason.options.flatMap((part) => part.options as string[])

const lists = [
  ...members('error', Object.keys(errors)),
  ...members('remedy', Object.keys(errors)),
  ...members('skip', skipReasons),
  ...members('verdict', LedgerVerdict.options),
  ...members('status', Status.options),
  ...members('status', Status.options).map((key) => `${key}_hint`),
  ...members('reason', StatusReason.options),
  ...members('reason', StatusReason.options).map((key) => `${key}_remedy`),
  ...members('outcome', CallOutcome.options),
  ...members('missed', MissedReason.options),
  ...members('kind', Notification.shape.kind.options),
  ...members('account_role', Role.options),
  ...members('notice', ['taken', 'caller-left', 'timed-out', 'declined']),
  ...members('phase', ['claiming', 'connecting', 'live', 'elsewhere', 'ending', 'ended']),
  ...members('note_state', ['empty', 'saving', 'saved', 'waiting']),
  ...members('tab', ['offline', 'away', 'ready', 'busy', 'blocked', 'ringing', 'hidden']),
  ...members('sites', ['added', 'removed', 'tab-shown']),
  ...members('guard', ['early', 'covered']),
  ...members('act', AuditLine.shape.act.options),
  ...members('step', DraftStep.options),
  ...members(
    'part',
    ChannelPart.options.map((part) => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
  ),
  ...members('filter', ['all', 'mine', 'unassigned', 'missed', 'open']),
]

describe.each(['en', 'pl'])('%s', (language) => {
  const table = tables[language] ?? {}

  test('has words for every member of every list', () => {
    expect(lists.filter((key) => !table[key]?.message)).toEqual([])
  })

  test('has words for every key in the code', () => {
    const plain = found(/\bwords\(\s*'([a-z_0-9]+)'/g)
    const either = found(/\bwords\([^)]*\? '([a-z_0-9]+)' : '[a-z_0-9]+'/g).concat(found(/\bwords\([^)]*\? '[a-z_0-9]+' : '([a-z_0-9]+)'/g))
    const counted = found(/\bwordsFor\([^,]+, '([a-z_0-9]+)'/g).flatMap((key) => (categories[language] ?? []).map((one) => `${key}_${one}`))
    expect(plain.length).toBeGreaterThan(100)
    expect([...new Set([...plain, ...either, ...counted])].filter((key) => !table[key]?.message)).toEqual([])
  })

  test('uses the same values as the other language', () => {
    const values = (message: string) => [...new Set(message.match(/\$[1-9]/g))].sort().join()
    const differing = Object.entries(table).filter(([key, { message }]) => {
      const other = tables[language === 'en' ? 'pl' : 'en']?.[key]
      return other && values(other.message) !== values(message)
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })

  test('has the same keys as the other language, but for plurals', () => {
    const keys = (name: string) => Object.keys(tables[name] ?? {}).filter((key) => !plural.test(key))
    expect(keys(language).sort()).toEqual(keys(language === 'en' ? 'pl' : 'en').sort())
  })
})

test('no word is left over', () => {
  const families = [...found(/\bwordsOf\(\s*'([a-z_]+)'/g), ...found(/\bwords\(\s*`([a-z_]+)_\$\{/g)]
  const left = Object.keys(en).filter((key) => {
    const base = key.replace(plural, '')
    return !code.includes(`'${key}'`) && !code.includes(`'${base}'`) && !families.some((family) => key.startsWith(`${family}_`))
  })
  // Read by the browser itself, from the manifest.
  expect(left.filter((key) => key !== 'extension_description')).toEqual([])
})
