import { expect, test } from 'vitest'
import { toneDbfs } from '../../switchboard/media/measure.ts'
import { mixAll, mixMinus } from '../../switchboard/media/mixer.ts'
import { createPlayer } from '../../switchboard/media/player.ts'
import { createRecording } from '../../switchboard/media/recording.ts'
import { makeTone } from '../../switchboard/media/tone.ts'

const TONES = [440, 700, 1100]

test('each of three hears only the other two', () => {
  const voices = TONES.map((hz) => createPlayer(makeTone(hz, 1000), true))
  const ears = TONES.map(() => createRecording())
  for (let tick = 0; tick < 50; tick++) {
    mixMinus(voices.map((voice) => voice.next())).forEach((frame, party) => {
      ears[party]?.append(frame)
    })
  }
  ears.forEach((heard, self) => {
    TONES.forEach((hz, other) => {
      if (other === self) expect(toneDbfs(heard.cut(), hz)).toBeLessThan(-60)
      else expect(toneDbfs(heard.cut(), hz)).toBeCloseTo(-12, 0)
    })
  })
})

test('who is silent or muted hears, and is not heard', () => {
  const tone = makeTone(440, 20)
  const [speaker, muted] = mixMinus([tone, null])
  expect(muted).toEqual(tone)
  expect(speaker).toEqual(new Int16Array(160))
})

test('a loud sum is cut off, not wrapped around', () => {
  const loud = new Int16Array(160).fill(30000)
  expect(mixAll([loud, loud, null])[7]).toBe(32767)
  expect(mixAll([loud.map((sample) => -sample), loud.map((sample) => -sample)])[7]).toBe(-32768)
})
