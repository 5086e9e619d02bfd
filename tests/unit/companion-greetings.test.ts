import { describe, expect, test } from 'vitest'
import { evenLoudness, speechLevel } from '../../companion/greetings/loudness.ts'
import { resample } from '../../companion/greetings/resample.ts'
import { prepareRecording } from '../../companion/greetings/upload.ts'
import { parseWav, writeWav } from '../../companion/greetings/wav.ts'

const tone = (rate: number, hertz: number, seconds: number, amplitude: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / rate))
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
const db = (gain: number) => 20 * Math.log10(gain)
const file = (rate: number, seconds: number, amplitude = 0.1, hertz = 440) =>
  writeWav({ rate, samples: tone(rate, hertz, seconds, amplitude) })
const patched = (wav: Buffer, patch: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(wav)
  patch(bytes)
  return bytes
}
const why = (bytes: Buffer) =>
  prepareRecording(bytes.toString('base64')).then(
    () => undefined,
    (error) => error.details?.why,
  )

describe('a WAV', () => {
  test('comes back as it was written', () => {
    const samples = tone(16_000, 300, 1, 0.5)
    const parsed = parseWav(writeWav({ rate: 16_000, samples }))
    expect(parsed?.rate).toBe(16_000)
    for (const [i, sample] of samples.entries()) expect(parsed?.samples[i]).toBeCloseTo(sample, 4)
  })

  test('may carry other chunks, also of odd length', () => {
    const wav = file(8000, 1)
    const chunk = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')])
    const whole = Buffer.concat([wav.subarray(0, 36), chunk, wav.subarray(36)])
    whole.writeUInt32LE(whole.length - 8, 4)
    expect(parseWav(whole)?.samples.length).toBe(8000)
  })

  const wav = file(8000, 1)
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['an MP3', Buffer.concat([Buffer.from('ID3'), Buffer.alloc(100)])],
    ['stereo', patched(wav, (bytes) => bytes.writeUInt16LE(2, 22))],
    ['8 bit', patched(wav, (bytes) => bytes.writeUInt16LE(8, 34))],
    ['floating point', patched(wav, (bytes) => bytes.writeUInt16LE(3, 20))],
    ['a rate below what is spoken', patched(wav, (bytes) => bytes.writeUInt32LE(4000, 24))],
    ['a rate that is 96 kHz', patched(wav, (bytes) => bytes.writeUInt32LE(96_000, 24))],
    ['cut off', wav.subarray(0, wav.length - 100)],
    ['more than it says', Buffer.concat([wav, Buffer.alloc(2)])],
    ['data that is longer than the file', patched(wav, (bytes) => bytes.writeUInt32LE(1_000_000, 40))],
    ['no data', patched(wav, (bytes) => bytes.write('blah', 36))],
  ])('is refused: %s', async (_, bytes) => expect(await why(bytes)).toBe('format'))
})

test.each<[string, Buffer, string]>([
  ['0.4 s', file(8000, 0.4), 'too-short'],
  ['121 s', file(8000, 121), 'too-long'],
  ['more than 10 MB', file(48_000, 110), 'too-large'],
  ['silence', file(8000, 2, 0), 'silent'],
])('%s is refused', async (_, bytes, reason) => expect(await why(bytes)).toBe(reason))

test.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000])('from %i Hz, whatever is loud or quiet comes out alike', async (rate) => {
  for (const amplitude of [0.005, 0.1, 0.9]) {
    const { wav, seconds } = await prepareRecording(file(rate, 1.5, amplitude).toString('base64'))
    const made = parseWav(wav)
    expect(made?.rate).toBe(8000)
    expect(seconds).toBeCloseTo(1.5, 2)
    expect(made?.samples.length).toBeCloseTo(12_000, -1)
    expect(db(rms(made?.samples ?? new Float32Array()))).toBeCloseTo(-16, 0)
  }
})

test('what a telephone cannot carry is taken out, and what it can stays', async () => {
  const high = await resample({ rate: 48_000, samples: tone(48_000, 5000, 1, 0.5) }, 8000)
  expect(db(rms(high.samples.subarray(200, 7800)))).toBeLessThan(-60)
  const low = await resample({ rate: 48_000, samples: tone(48_000, 3000, 1, 0.5) }, 8000)
  expect(db(rms(low.samples.subarray(200, 7800)))).toBeCloseTo(db(0.5 / Math.SQRT2), 0)
})

test('pauses do not make the speech louder, and no peak is clipped', () => {
  const speech = new Float32Array(8000 * 6)
  speech.set(tone(8000, 440, 2, 0.02), 8000)
  // A click, thirty times as loud as the speech.
  speech[12_000] = 0.6
  const even = evenLoudness(speech, 8000) ?? new Float32Array()
  expect(speechLevel(even, 8000)).toBeCloseTo(-16, 0)
  expect(db(even.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))).toBeLessThanOrEqual(-0.99)
})
