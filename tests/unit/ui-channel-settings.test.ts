import { describe, expect, test } from 'vitest'
import {
  changedParts,
  mergeTheirs,
  missingSteps,
  stepAfter,
  stepBefore,
  textLanguage,
  wrongParts,
} from '../../components/admin/settings.ts'
import { encodeWav, toBase64 } from '../../components/admin/wav.ts'
import { settings as unsettled } from '../gallery/admin.ts'

const settings = { ...unsettled, hours: { ...unsettled.hours, ranges: [{ weekday: 1, from: '09:00', until: '17:00' }] } }

describe('what is saved', () => {
  test('only the parts that were changed', () =>
    expect(changedParts(settings, { ...settings, ringSeconds: 40 })).toEqual({ ringSeconds: 40 }))
  test('somebody saved meanwhile: what was typed stays, the rest becomes theirs', () => {
    const merged = mergeTheirs(settings, { ...settings, name: 'Mine' }, { ...settings, name: 'Theirs', ringSeconds: 99 })
    expect([merged.name, merged.ringSeconds]).toEqual(['Mine', 99])
  })
  test('their part is taken, and what was typed elsewhere stays', () => {
    const merged = mergeTheirs(settings, { ...settings, name: 'Mine', ringSeconds: 50 }, { ...settings, name: 'Theirs' }, ['name'])
    expect([merged.name, merged.ringSeconds]).toEqual(['Theirs', 50])
  })
  test('parts that cannot be saved are named', () => {
    const silent = { ...settings.greetings, closed: { ...settings.greetings.closed, text: ' ' } }
    expect(wrongParts(settings)).toEqual([])
    expect(wrongParts({ ...settings, name: ' ', ringSeconds: Number.NaN, greetings: silent })).toEqual(['name', 'people', 'greetings'])
    expect(wrongParts(unsettled)).toEqual(['hours'])
  })
})

test('the wizard goes number, tickets, routing, finish, and stops at both ends', () => {
  expect(['number', 'tickets', 'routing', 'finish'].map((step) => stepAfter(step as 'number'))).toEqual([
    'tickets',
    'routing',
    'finish',
    'finish',
  ])
  expect(['number', 'tickets', 'routing', 'finish'].map((step) => stepBefore(step as 'number'))).toEqual([
    'number',
    'number',
    'tickets',
    'routing',
  ])
})

test('what is missing at the end leads to its step, each once', () => {
  const failure = { code: 'draft_incomplete', details: { missing: 'number,name,greetings.closed,ticket' } } as const
  expect(missingSteps(failure)).toEqual(['number', 'routing', 'tickets'])
  expect(missingSteps({ code: 'internal' })).toEqual([])
})

test.each([
  ['Nobody can take your call right now. Please leave a message.', 'en'],
  ['Nikt nie może teraz odebrać. Prosimy zostawić wiadomość po sygnale.', 'pl'],
  ['Leider ist gerade niemand da, bitte sprechen Sie nach dem Ton.', 'de'],
  ['Acme Inc.', null],
  ['Acme Plumbing and Heating, Main Street, London, dial nine', null],
])('the language of “%s” is %s', (text, language) => expect(textLanguage(text)).toBe(language))

test('a recording becomes 16 bit mono WAV; what is too loud is cut, not wrapped', () => {
  const wav = encodeWav(new Float32Array([0, 1, -1, 2]), 16_000)
  const view = new DataView(wav.buffer)
  expect(new TextDecoder().decode(wav.subarray(0, 4)) + new TextDecoder().decode(wav.subarray(8, 12))).toBe('RIFFWAVE')
  expect([view.getUint32(4, true), view.getUint16(22, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([
    44, 1, 16_000, 8,
  ])
  expect([0, 1, 2, 3].map((at) => view.getInt16(44 + at * 2, true))).toEqual([0, 32_767, -32_767, 32_767])
  expect(Buffer.from(toBase64(wav), 'base64').equals(Buffer.from(wav))).toBe(true)
})
