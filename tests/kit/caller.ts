/** A caller with a phone: a scripted one of the switchboard, with a tone for a voice and a recording of what was heard. */
import { type Hearing, hearSilence, hearTone } from './heard.ts'
import { until } from './process.ts'
import type { World } from './world.ts'

export interface CallerState {
  state: 'dialling' | 'answered' | 'ended'
  callSid: string
  seconds: number
  /** How much was heard so far, in milliseconds since the first sound. */
  heardMs: number
  hearing?: Hearing
}

export interface Caller {
  readonly id: string
  state(): Promise<CallerState>
  hears(hz: number, timeoutMs?: number): Promise<Hearing>
  hearsSilence(timeoutMs?: number): Promise<void>
  /** Loudness and tone per 100 ms from that moment (`heardMs`) on. It costs the switchboard work: ask once, at the end. */
  heardSince(fromMs: number): Promise<(Hearing & { atMs: number })[]>
  press(digits: string): Promise<void>
  hangUp(): Promise<void>
  ended(timeoutMs?: number): Promise<void>
}

export interface DialOptions {
  from?: string
  /** The voice: a tone in Hz, 0 for silence. */
  toneHz?: number
}

/** Dials `to` and returns at once; the call goes on by itself. */
export async function dial(world: World, to: string, { from = '+48221234567', toneHz = 440 }: DialOptions = {}): Promise<Caller> {
  const { id } = await world.ask<{ id: string }>('switchboard', 'POST', '/control/callers', {
    from,
    to,
    ...(toneHz > 0 && { say: { toneHz } }),
    loop: true,
  })
  const path = `/control/callers/${id}`
  const state = () => world.ask<CallerState>('switchboard', 'GET', path)
  const ear = async () => (await state()).hearing
  return {
    id,
    state,
    hears: (hz, timeoutMs) => hearTone(ear, hz, timeoutMs),
    hearsSilence: (timeoutMs) => hearSilence(ear, timeoutMs),
    heardSince: (fromMs) => world.ask('switchboard', 'GET', `${path}/heard?fromMs=${Math.round(fromMs)}`),
    async press(digits) {
      await world.ask('switchboard', 'POST', `${path}/digits`, { digits })
    },
    async hangUp() {
      await world.ask('switchboard', 'POST', `${path}/hang-up`, {})
    },
    async ended(timeoutMs = 15_000) {
      await until(async () => (await state()).state === 'ended', timeoutMs)
    },
  }
}
