/**
 * Twilio in memory, for tests of the companion that must be quick and steered exactly: legs that carry out the TwiML that they are given, by a
 * clock that stands still until the test moves it, conferences with their events, recordings, the fallback, and callbacks that can be lost,
 * doubled and late. What is true of Twilio itself is the switchboard's to show; this only has to be as unkind.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../../companion/store/store.ts'
import type { LegStatus, NumberWiring, Provider, ProviderCall, ProviderRecording } from '../../companion/twilio/provider.ts'
import { parseTwiml, type Verb } from './parse-twiml.ts'

export interface FakeLeg {
  sid: string
  from: string
  to: string
  status: LegStatus
  startedAt: Date
  endedAt: Date | null
  /** Seconds that the caller speaks after a beep; 0 hangs up in silence. */
  message: number
  conference?: string | undefined
  /** Why it ended: the last verb, `api`, or `caller`. */
  endedBy?: string | undefined
  /** Everything it was played, in order. */
  heard: string[]
  /** Grows with each new document: an older one stops. */
  run: number
}

/** What happens to a callback. `TwiML` requests can be failed too. */
export type Fate = 'deliver' | 'lose' | 'double' | 'late' | 'fail'

export interface FakeTwilioOptions {
  clock: Clock
  /** Sends a signed form to the companion; rejects or answers an error status where it is down. */
  deliver: (path: string, form: Record<string, string>) => Promise<{ status: number; body: string }>
  fate?: (path: string, form: Record<string, string>) => Fate
}

const sid = (prefix: string) => prefix + randomBytes(16).toString('hex')
const LATE_MS = 7000

export function createFakeTwilio({ clock, deliver, fate = () => 'deliver' }: FakeTwilioOptions) {
  const legs = new Map<string, FakeLeg>()
  const rooms = new Map<string, { sid: string; callback: string | undefined; sequence: number; members: Map<string, boolean> }>()
  const recordings: ProviderRecording[] = []
  const numbers = new Map<string, NumberWiring & { sid: string; e164: string }>()
  const going = new Set<Promise<unknown>>()
  /** The most legs of agents that were ever in one room with a caller. */
  const seen = { agentsWithCaller: 0, requests: [] as string[] }

  const track = <T>(promise: Promise<T>): Promise<T> => {
    going.add(promise)
    const done = () => going.delete(promise)
    promise.then(done, done)
    return promise
  }
  const pause = (ms: number) => new Promise<void>((resolve) => clock.at(new Date(clock.now().getTime() + ms), resolve))

  async function ask(url: string, form: Record<string, string>): Promise<string | undefined> {
    const { pathname, search } = new URL(url)
    const what = fate(pathname, form)
    seen.requests.push(`${what === 'deliver' ? '' : `${what} `}${pathname} ${form.StatusCallbackEvent ?? form.CallStatus ?? ''}`.trim())
    if (what === 'lose' || what === 'fail') return undefined
    if (what === 'late') await pause(LATE_MS)
    const send = () => deliver(pathname + search, form).catch(() => ({ status: 0, body: '' }))
    if (what === 'double') await send()
    const { status, body } = await send()
    return status >= 200 && status < 300 ? body : undefined
  }
  const tell = (url: string | undefined, form: Record<string, string>) => void (url && track(ask(url, form)))

  function fieldsOf(leg: FakeLeg): Record<string, string> {
    return { CallSid: leg.sid, From: leg.from, To: leg.to, CallStatus: leg.status, AccountSid: 'AC0' }
  }

  function end(leg: FakeLeg, by: string) {
    if (leg.status !== 'in-progress') return
    leg.run++
    leg.status = 'completed'
    leg.endedAt = clock.now()
    leg.endedBy = by
    leave(leg)
    tell(numbers.get(leg.to)?.statusCallback, fieldsOf(leg))
  }

  function leave(leg: FakeLeg) {
    const name = leg.conference
    const room = name === undefined ? undefined : rooms.get(name)
    if (!room || name === undefined) return
    leg.conference = undefined
    const ends = room.members.get(leg.sid) ?? false
    room.members.delete(leg.sid)
    tellRoom(name, 'participant-leave', leg)
    if (!ends && room.members.size > 0) return
    tellRoom(name, 'conference-end')
    rooms.delete(name)
    for (const member of room.members.keys()) {
      const other = legs.get(member)
      if (!other) continue
      other.conference = undefined
      tell(room.callback, {
        ConferenceSid: room.sid,
        StatusCallbackEvent: 'participant-leave',
        CallSid: other.sid,
        SequenceNumber: String(++room.sequence),
      })
      end(other, 'conference')
    }
  }

  function tellRoom(name: string, event: string, leg?: FakeLeg) {
    const room = rooms.get(name)
    if (!room) return
    const form = { ConferenceSid: room.sid, FriendlyName: name, StatusCallbackEvent: event, SequenceNumber: String(++room.sequence) }
    tell(room.callback, { ...form, ...(leg && { CallSid: leg.sid }) })
  }

  function enter(leg: FakeLeg, { text, attributes }: Verb) {
    const room = rooms.get(text) ?? {
      sid: sid('CF'),
      callback: attributes.statusCallback,
      sequence: 0,
      members: new Map<string, boolean>(),
    }
    rooms.set(text, room)
    room.members.set(leg.sid, attributes.endConferenceOnExit === 'true')
    leg.conference = text
    leg.heard.push(`conference ${text}`)
    const members = [...room.members.keys()].map((member) => legs.get(member)?.from ?? '')
    const agents = members.filter((from) => from.startsWith('client:')).length
    if (agents < members.length) seen.agentsWithCaller = Math.max(seen.agentsWithCaller, agents)
    tellRoom(text, 'participant-join', leg)
  }

  /** Carries out a document; a newer one, or the end of the leg, stops it. */
  async function carryOut(leg: FakeLeg, document: string, base: string): Promise<void> {
    const run = ++leg.run
    const on = () => leg.run === run && leg.status === 'in-progress'
    for (const verb of parseTwiml(document)) {
      if (!on()) return
      if (verb.name === 'Hangup') return end(leg, 'hangup')
      if (verb.name === 'Play') {
        leg.heard.push(`play ×${verb.attributes.loop ?? '1'}`)
        await pause(5000 * Number(verb.attributes.loop ?? 1))
      }
      if (verb.name === 'Pause') await pause(1000 * Number(verb.attributes.length ?? 1))
      if (verb.name === 'Say') {
        leg.heard.push(`say ${verb.text}`)
        await pause(2000)
      }
      if (verb.name === 'Redirect') return goTo(leg, verb.text, {})
      if (verb.name === 'Record' && (await record(leg, verb, on))) return
      if (verb.name === 'Dial' && verb.children[0]) {
        enter(leg, verb.children[0])
        return
      }
    }
    if (on()) end(leg, `the end of ${base}`)
  }

  async function record(leg: FakeLeg, { attributes }: Verb, on: () => boolean): Promise<boolean> {
    if (leg.message === 0) {
      await pause(3000)
      return false
    }
    await pause(leg.message * 1000)
    if (!on()) return true
    const recording = { sid: sid('RE'), callSid: leg.sid, seconds: leg.message, completed: true, createdAt: clock.now() }
    recordings.push(recording)
    // Nobody says it twice.
    leg.message = 0
    const fields = {
      RecordingSid: recording.sid,
      RecordingDuration: String(recording.seconds),
      RecordingUrl: 'https://example.com/recording',
    }
    tell(attributes.recordingStatusCallback, { ...fieldsOf(leg), ...fields, RecordingStatus: 'completed' })
    if (attributes.action) await goTo(leg, attributes.action, fields)
    return true
  }

  /** Asks for the next document; where none comes, the number's fallback. */
  async function goTo(leg: FakeLeg, url: string, fields: Record<string, string>): Promise<void> {
    const run = leg.run
    const echoed = new URL(url).searchParams.get('Twiml')
    const document = echoed ?? (await ask(url, { ...fieldsOf(leg), ...fields }))
    if (leg.run !== run || leg.status !== 'in-progress') return
    if (document !== undefined) return carryOut(leg, document, new URL(url).pathname)
    const fallback = numbers.get(leg.to)?.voiceFallbackUrl
    if (!fallback) return end(leg, 'no answer and no fallback')
    leg.heard.push('fallback')
    return goTo(leg, fallback, {})
  }

  function addLeg(from: string, to: string, message = 0): FakeLeg {
    const leg: FakeLeg = {
      sid: sid('CA'),
      from,
      to,
      status: 'in-progress',
      startedAt: clock.now(),
      endedAt: null,
      message,
      heard: [],
      run: 0,
    }
    legs.set(leg.sid, leg)
    return leg
  }

  const toCall = ({ sid, status, from, to, startedAt, endedAt }: FakeLeg): ProviderCall => ({
    sid,
    status,
    from,
    to,
    startedAt,
    endedAt,
    direction: 'inbound',
  })

  const provider: Provider = {
    async redirectCall(sid, twiml) {
      const leg = legs.get(sid)
      if (leg?.status !== 'in-progress') return false
      if (twiml.length > 4000) throw new Error('32018: TwiML size exceeded maximum allowed value')
      leg.run++
      leave(leg)
      track(carryOut(leg, twiml, 'a redirect'))
      return true
    },
    async endCall(sid) {
      const leg = legs.get(sid)
      if (leg) end(leg, 'api')
    },
    fetchCall: async (sid) => {
      const leg = legs.get(sid)
      return leg && toCall(leg)
    },
    listCalls: async (to, since) => [...legs.values()].filter((leg) => leg.to === to && leg.startedAt >= since).map(toCall),
    listConferenceParticipants: async (name) => [...(rooms.get(name)?.members.keys() ?? [])],
    listRecordings: async (callSid) => recordings.filter((recording) => recording.callSid === callSid),
    fetchRecording: () => Promise.reject(new Error('no audio here')),
    searchNumbers: async () => ['+48221234567'],
    buyNumber: async (e164, wiring) => {
      const number = { sid: sid('PN'), e164, ...wiring }
      numbers.set(e164, number)
      return number
    },
    updateNumber: async (sid, wiring) => {
      const number = [...numbers.values()].find((each) => each.sid === sid)
      if (!number) throw new Error('no such number')
      return Object.assign(number, wiring)
    },
    listNumbers: async () => [...numbers.values()],
    wireApplication: async () => false,
  }

  return {
    provider,
    legs,
    numbers,
    recordings,
    seen,
    /** Callbacks and documents that are under way. */
    going,
    /** Somebody dials a number of ours. */
    dial(from: string, to: string, message = 0): FakeLeg {
      const leg = addLeg(from, to, message)
      track(goTo(leg, numbers.get(to)?.voiceUrl ?? '', {}))
      return leg
    },
    /** A browser connects with these parameters, as `device.connect()` does. */
    connect(identity: string, joinUrl: string, params: Record<string, string>): FakeLeg {
      const leg = addLeg(`client:${identity}`, '')
      track(goTo(leg, joinUrl, params))
      return leg
    },
    /** The party at this leg's end hangs up, or its browser dies. */
    hangUp(leg: FakeLeg, by = 'caller') {
      end(leg, by)
    },
    /** Sends any form, signed, as Twilio would. */
    send: ask,
  }
}

export type FakeTwilio = ReturnType<typeof createFakeTwilio>
