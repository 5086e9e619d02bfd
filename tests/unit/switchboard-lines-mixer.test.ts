import { expect, test } from 'vitest'
import { toneDbfs } from '../../switchboard/media/measure.ts'
import { createMixer, mixAll } from '../../switchboard/media/mixer.ts'
import { createPlayer } from '../../switchboard/media/player.ts'
import type { MediaPort } from '../../switchboard/media/port.ts'
import { createRecording } from '../../switchboard/media/recording.ts'
import { startTicker } from '../../switchboard/media/ticker.ts'
import { makeTone } from '../../switchboard/media/tone.ts'

const TONES = [440, 700, 1100]

const party = (hz: number) => {
  const voice = createPlayer(makeTone(hz, 1000), true)
  const heard = createRecording()
  const port: MediaPort = { read: voice.next, write: heard.append, close: () => {} }
  return { port, heard }
}

test('each of three hears only the other two', () => {
  const mixer = createMixer()
  const parties = TONES.map(party)
  for (const { port } of parties) mixer.add(port)
  for (let tick = 0; tick < 50; tick++) mixer.tick()
  parties.forEach(({ heard }, self) => {
    TONES.forEach((hz, other) => {
      if (other === self) expect(toneDbfs(heard.cut(), hz)).toBeLessThan(-60)
      else expect(toneDbfs(heard.cut(), hz)).toBeCloseTo(-12, 0)
    })
  })
})

test('a muted party hears and is not heard; one that left is neither', () => {
  const mixer = createMixer()
  const [a, b, c] = TONES.map(party) as [ReturnType<typeof party>, ReturnType<typeof party>, ReturnType<typeof party>]
  for (const { port } of [a, b, c]) mixer.add(port)
  mixer.mute(b.port, true)
  mixer.remove(c.port)
  for (let tick = 0; tick < 10; tick++) mixer.tick()
  expect(toneDbfs(a.heard.cut(), 700)).toBeLessThan(-60)
  expect(toneDbfs(b.heard.cut(), 440)).toBeCloseTo(-12, 0)
  expect(c.heard.milliseconds).toBe(0)
})

test('a loud sum is cut off, not wrapped around', () => {
  const loud = new Int16Array(160).fill(30000)
  expect(mixAll([loud, loud, null])[7]).toBe(32767)
  expect(mixAll([loud.map((sample) => -sample), loud.map((sample) => -sample)])[7]).toBe(-32768)
})

test('the ticker catches up with what a busy process missed, and with no more than ten frames', async () => {
  let ticks = 0
  let resume = () => {}
  const stop = startTicker(() => {
    ticks += 1
    resume()
  })
  const nextTick = () => new Promise<void>((resolve) => (resume = resolve))
  const block = (ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end; );
  }
  await nextTick()
  const began = ticks
  block(110)
  await nextTick()
  await new Promise(setImmediate)
  expect(ticks - began).toBeGreaterThanOrEqual(5)
  const before = ticks
  block(1000)
  await nextTick()
  await new Promise(setImmediate)
  stop()
  expect(ticks - before).toBeGreaterThanOrEqual(10)
  expect(ticks - before).toBeLessThanOrEqual(14)
})
