/** Every error that the Voice SDK can raise: what a person is told of it, in both languages. */
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { voiceFailure } from '../../entrypoints/voice/failures.ts'
import en from '../../public/_locales/en/messages.json' with { type: 'json' }
import pl from '../../public/_locales/pl/messages.json' with { type: 'json' }

/** The SDK's own list; it exports no such thing. */
const { errorsByCode } = createRequire(import.meta.url)('../../node_modules/@twilio/voice-sdk/es5/twilio/errors/generated.js') as {
  errorsByCode: ReadonlyMap<number, new () => { code: number }>
}

/** `otherwise`: what was being done failed, and the code adds nothing for a person. */
const expected: Record<number, string> = {
  20101: 'voice_token_refused',
  20104: 'voice_token_refused',
  20151: 'voice_token_refused',
  31000: 'otherwise',
  31001: 'voice_provider_failed',
  31002: 'otherwise',
  31003: 'otherwise',
  31005: 'otherwise',
  31008: 'otherwise',
  31009: 'otherwise',
  31100: 'otherwise',
  31101: 'otherwise',
  31102: 'voice_token_refused',
  31103: 'otherwise',
  31104: 'voice_token_refused',
  31105: 'otherwise',
  31107: 'otherwise',
  31201: 'voice_token_refused',
  31202: 'voice_token_refused',
  31203: 'voice_token_refused',
  31204: 'voice_token_refused',
  31205: 'voice_token_refused',
  31206: 'too_many',
  31207: 'voice_token_refused',
  31209: 'otherwise',
  31210: 'otherwise',
  31212: 'otherwise',
  31400: 'otherwise',
  31401: 'microphone_refused',
  31402: 'microphone_missing',
  31404: 'otherwise',
  31480: 'otherwise',
  31486: 'otherwise',
  31603: 'otherwise',
  53000: 'otherwise',
  53001: 'otherwise',
  53400: 'otherwise',
  53402: 'otherwise',
  53405: 'otherwise',
}

test('the table has all codes of this SDK, and no other', () => {
  expect(Object.keys(expected).map(Number)).toEqual([...errorsByCode.keys()].sort((a, b) => a - b))
})

test.each([...errorsByCode])('%i', (code, SdkError) => {
  for (const otherwise of ['voice_failed', 'media_failed'] as const) {
    const failure = voiceFailure(new SdkError(), otherwise)
    expect(failure.code).toBe(expected[code] === 'otherwise' ? otherwise : expected[code])
    // For whoever helps: the words are the same for many.
    if (!failure.code.startsWith('microphone')) expect(failure.details).toEqual({ twilio: String(code) })
    for (const table of [en, pl] as Record<string, { message: string }>[]) {
      const [words, remedy] = [table[`error_${failure.code}`]?.message, table[`remedy_${failure.code}`]?.message]
      expect(words).toMatch(/^\p{Lu}.+\.$/u)
      expect(remedy).toMatch(/^\p{Lu}.+\.$/u)
    }
  }
})

describe('what is no error of the SDK', () => {
  test.each([
    ['a prompt answered with no', new DOMException('', 'NotAllowedError'), 'microphone_refused'],
    ['no microphone', new DOMException('', 'NotFoundError'), 'microphone_missing'],
    ['a microphone that another program holds', new DOMException('', 'NotReadableError'), 'microphone_missing'],
    ['a bug', new TypeError('x is undefined'), 'media_failed'],
    ['nothing at all', undefined, 'media_failed'],
    ['a text', 'boom', 'media_failed'],
  ])('%s', (_, error, code) => {
    expect(voiceFailure(error, 'media_failed')).toEqual({ code })
  })
})
