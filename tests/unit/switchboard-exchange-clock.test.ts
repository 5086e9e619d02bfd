import { afterEach, expect, test } from 'vitest'
import { type Clock, createClock } from '../../switchboard/clock/clock.ts'

let clock: Clock | undefined
afterEach(() => clock?.stop())

test('timers fire in their order at their own instants, those set meanwhile included', async () => {
  const manual = createClock({ manual: true })
  const start = manual.now()
  const fired: [string, number][] = []
  const note = (name: string) => fired.push([name, manual.now() - start])
  manual.after(5000, () => note('late'))
  manual.after(1000, () => {
    note('early')
    manual.after(500, () => note('set by early'))
  })
  manual.after(2000, () => note('called off'))()
  await manual.advance(10_000)
  expect(fired).toEqual([
    ['early', 1000],
    ['set by early', 1500],
    ['late', 5000],
  ])
  expect(manual.now() - start).toBe(10_000)
  expect(manual.ahead).toBe(10_000)
})

test('what a timer begins is done before time goes on', async () => {
  const manual = createClock({ manual: true })
  const start = manual.now()
  let ended = 0
  const program = async () => {
    await manual.wait(1000)
    await manual.hold(new Promise((resolve) => setTimeout(resolve, 30)))
    await manual.wait(1000)
    ended = manual.now() - start
  }
  void program()
  await manual.advance(5000)
  expect(ended).toBe(2000)
})

test('skipped ticks say so, voiced ones do not', async () => {
  const manual = createClock({ manual: true })
  const ticks: boolean[] = []
  manual.onTick((skipped) => ticks.push(skipped))
  await manual.advance(40)
  await manual.advance(20, true)
  expect(ticks).toEqual([true, true, false])
})

test('an aborted wait ends at once', async () => {
  const manual = createClock({ manual: true })
  const abort = new AbortController()
  const waiting = manual.wait(60_000, abort.signal)
  abort.abort()
  await waiting
})

test('it runs by itself in real time, and can be moved beside that', async () => {
  clock = createClock()
  const running = clock
  const start = running.now()
  await running.wait(60)
  expect(running.now() - start).toBeGreaterThanOrEqual(60)
  await running.advance(60_000)
  expect(running.now() - start).toBeGreaterThanOrEqual(60_060)
  expect(running.now() - start).toBeLessThan(62_000)
})
