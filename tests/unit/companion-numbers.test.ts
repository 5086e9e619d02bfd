import { describe, expect, it } from 'vitest'
import { countryOf, meansNumber } from '../../companion/numbers/typed.ts'
import { unwired, wiringDifferences, wiringOf } from '../../companion/numbers/wiring.ts'

const warsaw = { e164: '+48225550100', country: 'PL' }
const london = { e164: '+442075550100', country: 'GB' }
const sanFrancisco = { e164: '+14155550100', country: 'US' }

describe('typing a number', () => {
  it.each([
    ['+48225550100', warsaw],
    ['22 555 01 00', warsaw],
    ['(22) 555-01-00', warsaw],
    ['0048 22 555 01 00', warsaw],
    ['tel:+48-22-555-01-00', warsaw],
    ['\u00a0+48\u00a022\u00a0555\u00a001\u00a000\n', warsaw],
    ['020 7555 0100', london],
    ['+44 (0)20 7555 0100', london],
    ['\u202a(415) 555-0100\u202c', sanFrancisco],
    ['1-415-555-0100', sanFrancisco],
    ['011 1 415 555 0100', sanFrancisco],
    ['00 1 415 555 0100', sanFrancisco],
    ['415.555.0100', sanFrancisco],
  ])('%j means it', (typed, number) => expect(meansNumber(typed, number)).toBe(true))

  it.each([
    ['', warsaw],
    ['22 555 01 01', warsaw],
    ['555 01 00', warsaw],
    ['+49 22 555 01 00', warsaw],
    ['delete +48225550100', warsaw],
    ['+48225550100 ext. 5', warsaw],
    ['+48225550100 +48225550100', warsaw],
    ['2255501000', warsaw],
  ])('%j does not', (typed, number) => expect(meansNumber(typed, number)).toBe(false))

  it('knows whose number it is', () => {
    expect([warsaw, london, sanFrancisco].map(({ e164 }) => countryOf(e164))).toEqual(['PL', 'GB', 'US'])
    expect(countryOf('+14165550100')).toBe('CA')
  })
})

describe('what a number tells the provider', () => {
  const greeting = (text: string) => ({ text, language: 'en-US', voice: null, uploadId: null })
  const channel = {
    enabled: true,
    greetings: { inHours: greeting('Nobody is in'), afterHours: greeting('Late'), closed: greeting('Closed') },
  }
  const settings = { publicUrl: 'https://calls.example.com', fallbackVoiceUrl: 'https://twimlets.com/echo' }
  const spoken = (url: string) => new URL(url).searchParams.get('Twiml') ?? ''

  it('falls back to a voicemail that needs nobody of us', () => {
    const { voiceUrl, voiceFallbackUrl, statusCallback } = wiringOf(settings, channel)
    expect([voiceUrl, statusCallback].every((url) => url.startsWith('https://calls.example.com/twilio/'))).toBe(true)
    expect(spoken(voiceFallbackUrl)).toMatch(/Nobody is in.*<Record/)
  })
  it('of a disabled channel says that it is closed, and records nothing', () => {
    expect(spoken(wiringOf(settings, { ...channel, enabled: false }).voiceFallbackUrl)).toMatch(/Closed(?!.*<Record)/)
  })
  it('speaks where an upload would play: who plays it is down', () => {
    const upload = { ...greeting(''), uploadId: '0b0f7f3e-6f5e-4c57-9a52-6f6c2d3f6f10' }
    expect(spoken(wiringOf(settings, { ...channel, greetings: { ...channel.greetings, inHours: upload } }).voiceFallbackUrl)).toContain(
      'leave a message',
    )
  })
  it('keeps whole words of a greeting that is too long for an address', () => {
    const long = greeting('zażółć gęślą jaźń '.repeat(220).trim())
    const { voiceFallbackUrl } = wiringOf(settings, { ...channel, greetings: { ...channel.greetings, inHours: long } })
    expect(voiceFallbackUrl.length).toBeLessThanOrEqual(4000)
    expect(spoken(voiceFallbackUrl)).toMatch(/(zażółć|gęślą|jaźń)<\/Say>/)
  })
  it('names what differs', () => {
    const wanted = wiringOf(settings, channel)
    expect(wiringDifferences(wanted, wanted)).toEqual([])
    expect(wiringDifferences({ ...wanted, voiceUrl: 'https://x.example' }, wanted)).toEqual([{ setting: 'voice', is: 'https://x.example' }])
    expect(wiringDifferences(unwired, wanted).map(({ setting }) => setting)).toEqual(['voice', 'fallback', 'status'])
  })
})
