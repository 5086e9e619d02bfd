import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../companion/config.ts'
import { previewOf } from '../../companion/threads/notes.ts'
import { environment } from '../kit/companion.ts'

const words = (changes: Record<string, string | undefined>) => {
  try {
    readConfig({ ...environment, ...changes })
    return ''
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error)
  }
}

describe('the configuration', () => {
  test('has defaults for all but the Twilio account', () => {
    const { HOST, PORT, PUBLIC_URL, TWILIO_API_URL, LOG_LEVEL, ...twilio } = environment
    expect(readConfig(twilio)).toMatchObject({
      data: '.data/companion',
      host: '127.0.0.1',
      port: 4100,
      publicUrl: 'http://127.0.0.1:4100',
      logLevel: 'info',
      test: false,
      twilio: { apiUrl: 'https://api.twilio.com', voiceEdge: null, fallbackVoiceUrl: 'https://twimlets.com/echo' },
    })
  })

  test('tells every mistake at once, with an example, and repeats no secret', () => {
    const told = words({ PORT: 'http', TWILIO_ACCOUNT_SID: 'SK1', TWILIO_AUTH_TOKEN: '', DATABASE_URL: 'mysql://root:hunter2@db' })
    expect(told.split('\n')).toHaveLength(4)
    expect(told).toContain('PORT cannot be “http”. Example: 4100')
    expect(told).toContain('TWILIO_ACCOUNT_SID cannot be “SK1”. Example: AC followed by')
    expect(told).toContain('TWILIO_AUTH_TOKEN is missing')
    expect(told).toContain('DATABASE_URL is not valid')
    expect(told).not.toContain('hunter2')
  })

  test('mail is sent only where a server is given, from our own address unless another is', () => {
    expect(readConfig(environment).mail).toBeUndefined()
    const given = { ...environment, PUBLIC_URL: 'https://calls.example.com', SMTP_URL: 'smtps://me:hunter2@smtp.example.com' }
    expect(readConfig(given).mail).toEqual({ url: given.SMTP_URL, from: 'Ringside <ringside@calls.example.com>' })
    expect(readConfig({ ...given, MAIL_FROM: 'Help <help@example.com>' }).mail?.from).toBe('Help <help@example.com>')
    const told = words({ SMTP_URL: 'https://me:hunter2@smtp.example.com' })
    expect(told).toContain('SMTP_URL is not valid')
    expect(told).not.toContain('hunter2')
  })

  test('a slash at the end of an address is dropped: what Twilio signs has none', () => {
    expect(readConfig({ ...environment, PUBLIC_URL: 'https://calls.example.com/' }).publicUrl).toBe('https://calls.example.com')
  })
})

describe('the preview of a note', () => {
  test('is one line of at most 140 characters and cuts no character in two', () => {
    expect(previewOf('  a\n\nb\tc ')).toBe('a b c')
    const long = previewOf('😀'.repeat(100))
    expect(long.length).toBeLessThanOrEqual(140)
    expect(long).toBe(`${'😀'.repeat(69)}…`)
    expect(previewOf('x'.repeat(140))).toBe('x'.repeat(140))
  })
})
