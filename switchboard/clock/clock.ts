/**
 * The exchange's only clock. It counts ticks of 20 ms, one for each voice frame, and a test may move it forward.
 *
 * Every ring time, pause, recording limit and call duration is measured on it, so that `advance(30_000)` is thirty seconds for all of them
 * at once. Ticks that were skipped over carry no voice: a player jumps ahead, a recorder writes silence.
 */
import { FRAME_MS } from '../media/port.ts'
import { createTimerQueue } from './timer-queue.ts'

/** Voice that is late by more than this many frames is skipped, as a jitter buffer of ten frames would have dropped it. */
const MOST_FRAMES_AT_ONCE = 10

/** While the clock is moved, requests under way get this long in real milliseconds to be answered before time jumps past them. */
const GRACE_MS = 1000

export interface Clock {
  /** Milliseconds since 1970, moved forward by whatever `advance` added. Grows in steps of 20. */
  now(): number
  /** Calls once `ms` have passed; returns the way to call it off. */
  after(ms: number, act: () => void): () => void
  /** Resolves after `ms`, or at once when the signal is aborted. Never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls in each tick; `skipped` says that this tick carries no voice. Returns the way to stop. */
  onTick(act: (skipped: boolean) => void): () => void
  /** Marks work that `advance` is to wait for, a second of real time or as long as is said: a request for the next document, speech. */
  hold<T>(work: Promise<T>, graceMs?: number): Promise<T>
  /**
   * Moves time forward; resolves when everything that fell due has been started. `voiced` ticks carry voice as if the time had really
   * passed: only for lines that take frames as fast as they come.
   */
  advance(ms: number, voiced?: boolean): Promise<void>
  /** Milliseconds by which this clock was moved in total. */
  readonly ahead: number
  stop(): void
}

/** Starts a clock. A manual one stands still until it is moved. */
export function createClock(options: { manual?: boolean } = {}): Clock {
  const timers = createTimerQueue()
  const tickers = new Set<(skipped: boolean) => void>()
  /** Work under way, and the real instant until which it holds the clock. */
  const held = new Map<Promise<unknown>, number>()
  const startedAt = Date.now()
  const realStart = performance.now()
  let ticks = 0
  let ahead = 0
  let moving: Promise<void> = Promise.resolve()

  const elapsed = () => ticks * FRAME_MS

  function tick(skipped: boolean) {
    ticks += 1
    timers.runDue(elapsed())
    for (const act of [...tickers]) act(skipped)
  }

  function catchUp() {
    const due = Math.floor((performance.now() - realStart + ahead) / FRAME_MS) - ticks
    for (let left = due; left > 0; left -= 1) tick(left > MOST_FRAMES_AT_ONCE)
  }

  async function settle() {
    for (;;) {
      // Promise chains between two verbs are short; a few turns of the loop let the next verb set its own timers before time goes on.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      const now = performance.now()
      const young = [...held].filter(([, until]) => until > now)
      if (young.length === 0) return
      let timer: NodeJS.Timeout | undefined
      const grace = new Promise((resolve) => {
        timer = setTimeout(resolve, Math.min(...young.map(([, until]) => until)) - now)
      })
      await Promise.race([grace, ...young.map(([work]) => work.catch(() => {}))])
      clearTimeout(timer)
    }
  }

  async function move(ms: number, skipped: boolean) {
    let left = Math.ceil(ms / FRAME_MS)
    while (left > 0) {
      await settle()
      const due = timers.nextDue()
      const jump = due === undefined ? left : Math.min(left, Math.max(1, Math.ceil((due - elapsed()) / FRAME_MS)))
      // Verbs that end with their media, not with a timer, are watched closely: at most a fifth of a second at a time.
      const steps = Math.min(jump, 10)
      ahead += steps * FRAME_MS
      for (let step = 0; step < steps; step += 1) tick(skipped)
      left -= steps
    }
    await settle()
  }

  const beat = options.manual ? undefined : setInterval(catchUp, FRAME_MS / 2)

  return {
    now: () => startedAt + elapsed(),
    after: (ms, act) => timers.add(elapsed() + ms, act),
    wait(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const cancel = timers.add(elapsed() + ms, () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        })
        const stop = () => {
          cancel()
          resolve()
        }
        signal?.addEventListener('abort', stop, { once: true })
      })
    },
    onTick(act) {
      tickers.add(act)
      return () => {
        tickers.delete(act)
      }
    },
    hold(work, graceMs = GRACE_MS) {
      held.set(work, performance.now() + graceMs)
      const release = () => held.delete(work)
      work.then(release, release)
      return work
    },
    advance(ms, voiced = false) {
      moving = moving.then(() => move(ms, !voiced))
      return moving
    },
    get ahead() {
      return ahead
    },
    stop() {
      clearInterval(beat)
      timers.clear()
      tickers.clear()
    },
  }
}
