/** The audit log is read by people: names, days and yes or no, not ids and JSON. */
import { beforeEach, expect, test } from 'vitest'
import { auditTitle, auditValue } from '../../components/admin/audit-values.ts'
import { ChannelPart } from '../../utils/protocol/index.ts'
import { speakFrom } from '../../utils/words.ts'
import { people, settings, teams } from '../gallery/admin.ts'
import { wordsIn } from '../gallery/words.ts'

beforeEach(() => speakFrom(wordsIn('en')))

const known = { people, teams }
const ids = /[0-9a-f]{8}-[0-9a-f]{4}/

test.each(ChannelPart.options)('a channel’s %s is told without ids, and under a title', (part) => {
  const told = auditValue(part, settings[part], known)
  expect(told).not.toMatch(ids)
  expect(told).not.toMatch(/[{}"]/)
  expect(auditTitle(part)).not.toBe(part)
})

test.each([
  ['userIds', settings.userIds, 'Anna Kowalska, Piotr Zieliński'],
  ['seat', false, 'No'],
  ['role', 'admin', 'Admin'],
  ['number', '+48225551234', '+48 22 555 12 34'],
  ['outboundCountries', ['PL', 'DE'], 'Poland, Germany'],
  ['seatLimit', null, '–'],
  ['userIds', [], '–'],
  ['seatLimit', 40, '40'],
])('%s %j is “%s”', (name, value, told) => expect(auditValue(name, value, known)).toBe(told))

test('what is not there is a dash', () => expect(auditValue('anything', undefined, known)).toBe('–'))

test('hours are lines of the week, special days and the zone', () => {
  const hours = { ...settings.hours, ranges: [1, 2].map((weekday) => ({ weekday, from: '09:00', until: '17:00' })) }
  expect(auditValue('hours', hours, known)).toBe('Mon–Tue 09:00–17:00\n2026-12-24 Christmas Eve 09:00–12:00\nEurope/Warsaw')
})
