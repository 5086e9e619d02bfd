import { expect, test } from 'vitest'
import { createJitterQueue } from '../../switchboard/media/jitter-queue.ts'
import { hear, levelDbfs, SILENCE_DBFS, toneDbfs } from '../../switchboard/media/measure.ts'
import { decodePcmu, encodePcmu } from '../../switchboard/media/pcmu.ts'
import { createPlayer } from '../../switchboard/media/player.ts'
import { createRecording } from '../../switchboard/media/recording.ts'
import { resample } from '../../switchboard/media/resample.ts'
import { joinSamples, makeDigits, makeSilence, makeTone, makeTones } from '../../switchboard/media/tone.ts'
import { readWav, writeWav } from '../../switchboard/media/wav.ts'

test('a tone keeps its pitch and level through PCMU', () => {
  const through = decodePcmu(encodePcmu(makeTone(440, 200)))
  expect(hear(through).hz).toBeCloseTo(440, 0)
  expect(levelDbfs(through)).toBeCloseTo(-12, 1)
  // G.711 promises about 38 dB between a voice and its quantisation noise.
  const noise = Int16Array.from(makeTone(440, 200), (sample, at) => sample - (through[at] as number))
  expect(levelDbfs(through) - levelDbfs(noise)).toBeGreaterThan(35)
})

test('PCMU agrees with the values of G.711', () => {
  expect([...encodePcmu(Int16Array.of(0, -1, 32635, -32768, 1000, -1000))]).toEqual([0xff, 0x7f, 0x80, 0x00, 0xce, 0x4e])
  expect([...decodePcmu(Uint8Array.of(0xff, 0x7f, 0x80, 0x00, 0xce, 0x4e))].map((value) => value + 0)).toEqual([
    0, 0, 32124, -32124, 988, -988,
  ])
})

test('level and Goertzel tell a tone from its neighbours', () => {
  const tone = makeTone(440, 100, -20)
  expect(toneDbfs(tone, 440)).toBeCloseTo(-20, 0)
  expect(toneDbfs(tone, 880)).toBeLessThan(-50)
  expect(levelDbfs(makeSilence(100))).toBe(SILENCE_DBFS)
  expect(hear(makeSilence(100))).toEqual({ dbfs: SILENCE_DBFS, hz: null })
  expect(hear(joinSamples([makeTone(1234, 60), makeTone(1234, 40)])).hz).toBeCloseTo(1234, -1)
  expect(hear(makeTones([350, 1400], 100, -12)).dbfs).toBeCloseTo(-9, 0)
})

const wavOf = (
  rate: number,
  channels: number,
  bits: 8 | 16,
  value: (at: number, channel: number) => number,
  frames: number,
): Uint8Array => {
  const bytes = Buffer.alloc(44 + (frames * channels * bits) / 8)
  bytes.write('RIFF', 0)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt16LE((channels * bits) / 8, 32)
  bytes.writeUInt16LE(bits, 34)
  bytes.write('data', 36)
  // The length that a program gives which writes to a pipe.
  bytes.writeUInt32LE(0x7ffff000, 40)
  for (let at = 0; at < frames; at++)
    for (let channel = 0; channel < channels; channel++) {
      const sample = value(at, channel)
      const index = at * channels + channel
      if (bits === 16) bytes.writeInt16LE(Math.round(sample * 32767), 44 + index * 2)
      else bytes.writeUInt8(Math.round(sample * 127) + 128, 44 + index)
    }
  return bytes
}

test.each([
  [44100, 2, 16],
  [48000, 1, 16],
  [22050, 1, 8],
  [8000, 2, 8],
  [6000, 1, 16],
] as const)('a WAV of %i Hz, %i channels, %i bit is read as 8 kHz mono', (rate, channels, bits) => {
  const samples = readWav(wavOf(rate, channels, bits, (at) => 0.25 * Math.sin((2 * Math.PI * 440 * at) / rate), rate / 2))
  expect(samples.length).toBeCloseTo(4000, -1)
  expect(hear(samples).hz).toBeCloseTo(440, 0)
  expect(levelDbfs(samples)).toBeCloseTo(-12, 0)
})

test('what 8 kHz cannot hold is filtered away instead of folded back', () => {
  const whistle = Float32Array.from({ length: 48000 }, (_, at) => 16000 * Math.sin((2 * Math.PI * 7000 * at) / 48000))
  expect(levelDbfs(resample(whistle, 48000, 8000).subarray(100, -100))).toBeLessThan(-50)
})

test('a written WAV reads back the same, and what is no WAV is refused in words', () => {
  const tone = makeTone(300, 50)
  expect(readWav(writeWav(tone))).toEqual(tone)
  expect(() => readWav(Buffer.from('ID3 this is an mp3 file'))).toThrow('not a WAV file')
  expect(() => readWav(writeWav(tone).subarray(0, 40))).toThrow('no sound in it')
})

test('a looped player never has a hole, a single one ends', () => {
  const looped = createPlayer(makeTone(440, 1000), true)
  const heard = joinSamples(Array.from({ length: 120 }, () => looped.next() as Int16Array))
  expect(toneDbfs(heard, 440)).toBeCloseTo(-12, 1)
  const once = createPlayer(makeTone(440, 30))
  expect([once.next()?.length, once.next()?.[100], once.next()]).toEqual([160, 0, null])
})

test('a recording gives any part of itself', () => {
  const recording = createRecording()
  for (let second = 0; second < 12; second++) recording.append(makeTone(400 + second * 100, 1000))
  expect(recording.milliseconds).toBe(12_000)
  expect(hear(recording.cut(3000, 4000)).hz).toBeCloseTo(700, 0)
  expect(hear(recording.cut(-500)).hz).toBeCloseTo(1500, 0)
})

test('the jitter queue waits for a lead, drops what is late and never lags more than 200 ms', () => {
  const queue = createJitterQueue()
  const packet = (value: number) => new Int16Array(160).fill(value)
  queue.push(65535, packet(1))
  expect(queue.pull()).toBeNull()
  queue.push(0, packet(2))
  queue.push(65535, packet(9))
  expect([queue.pull()?.[0], queue.pull()?.[0], queue.pull()]).toEqual([1, 2, null])
  for (let sequence = 1; sequence <= 11; sequence++) queue.push(sequence, packet(sequence))
  expect(queue.pull()?.[0]).toBe(8)
})

test('a key sounds as its two tones', () => {
  const five = makeDigits('5').subarray(0, 800)
  expect(toneDbfs(five, 770)).toBeCloseTo(-9, 0)
  expect(toneDbfs(five, 1336)).toBeCloseTo(-9, 0)
  expect(levelDbfs(makeDigits('w'))).toBe(SILENCE_DBFS)
})
