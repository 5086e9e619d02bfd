import { afterEach, expect, test, vi } from 'vitest'
import { hear, levelDbfs } from '../../switchboard/media/measure.ts'
import { espeakVoices, speak, toneFor } from '../../switchboard/media/speech.ts'

afterEach(() => vi.unstubAllEnvs())

test('without a speech program a tone stands for the text and says so', async () => {
  vi.stubEnv('PATH', '/nowhere')
  const speech = await speak('We are closed.', 'en-US')
  expect(speech.spoken).toBe(false)
  expect(hear(speech.samples).hz).toBeCloseTo(toneFor('We are closed.'), 0)
  expect(speech.description).toContain(`${toneFor('We are closed.')} Hz`)
  expect(speech.description).toContain('We are closed.')
})

test('with one it speaks, and the text is never a command', async () => {
  const speech = await speak('Dzień dobry. $(touch /tmp/never) `id`', 'pl-PL')
  expect(speech.samples.length).toBeGreaterThan(4000)
  if (speech.spoken) {
    expect(speech.description).toContain('espeak-ng (pl')
    expect(levelDbfs(speech.samples)).toBeGreaterThan(-35)
  }
})

test.each([
  ['pl-PL', undefined, 'pl-pl', 'pl'],
  ['en-US', 'Google.pl-PL-Standard-A', 'pl-pl', 'pl'],
  ['en-GB', 'man', 'en-gb+m3', 'en+m3'],
  ['zh-CN', undefined, 'zh-cn', 'cmn'],
])('%s with voice %s', (language, voice, first, second) => {
  expect(espeakVoices(language, voice).slice(0, 2)).toEqual([first, second])
})
