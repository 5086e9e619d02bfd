/** Recordings: sound kept while it runs, a WAV file in the data folder's `recordings` when it ends, and the callbacks that tell of it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallCallback } from '../calls/call.ts'
import { rfc2822 } from '../calls/fields.ts'
import { makeSid } from '../calls/sid.ts'
import type { Clock } from '../clock/clock.ts'
import { FRAME_SAMPLES, type Frame } from '../media/port.ts'
import { createRecording } from '../media/recording.ts'
import { writeWav } from '../media/wav.ts'
import type { RecordingFacts, RecordingSource } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import { isLoud } from './order.ts'

export interface RecordingOrder {
  callSid?: string
  conferenceSid?: string
  source: RecordingSource
  /** Cuts silence off both ends. */
  trim: boolean
  callback?: CallCallback
}

export interface ActiveRecording {
  readonly facts: RecordingFacts
  append(frame: Frame): void
  pause(): void
  resume(): void
  /** Writes the file and tells; calling it again changes nothing. */
  stop(): RecordingFacts
  /** Nothing worth keeping: tells `absent`, keeps no file. */
  discard(): void
}

export interface Recordings {
  start(order: RecordingOrder): ActiveRecording
  active(sid: string): ActiveRecording | undefined
  list(): RecordingFacts[]
  get(sid: string): RecordingFacts | undefined
  remove(sid: string): void
  /** The WAV file's path; undefined while it is still being made. */
  fileOf(sid: string): string | undefined
  /** The address that webhooks name, as Twilio's without an ending. */
  urlOf(sid: string): string
}

export function createRecordings(services: { clock: Clock; webhooks: Webhooks; store: Store; baseUrl: () => string }): Recordings {
  const { clock, webhooks, store, baseUrl } = services
  const folder = join(store.folder, 'recordings')
  const running = new Map<string, ActiveRecording>()
  const pathOf = (sid: string) => join(folder, `${sid}.wav`)
  const urlOf = (sid: string) => `${baseUrl()}/2010-04-01/Accounts/${store.data.accountSid}/Recordings/${sid}`

  function tell({ callback, source, callSid, conferenceSid }: RecordingOrder, facts: RecordingFacts) {
    if (!callback?.events.includes(facts.status)) return
    const fields = {
      AccountSid: store.data.accountSid,
      ...(callSid ? { CallSid: callSid } : {}),
      ...(conferenceSid ? { ConferenceSid: conferenceSid } : {}),
      RecordingSid: facts.sid,
      RecordingUrl: urlOf(facts.sid),
      RecordingStatus: facts.status,
      RecordingChannels: '1',
      RecordingSource: source,
      RecordingTrack: 'both',
      RecordingStartTime: rfc2822(facts.startedAt),
      ErrorCode: '0',
      ...(facts.duration === undefined ? {} : { RecordingDuration: String(facts.duration) }),
    }
    webhooks.tell({ url: callback.url, method: callback.method, fields }, { event: `recording-${facts.status}`, callSid, conferenceSid })
  }

  function start(order: RecordingOrder): ActiveRecording {
    const now = clock.now()
    const { callSid, conferenceSid, source } = order
    const facts: RecordingFacts = {
      sid: makeSid('RE'),
      callSid,
      conferenceSid,
      source,
      createdAt: now,
      updatedAt: now,
      startedAt: now,
      status: 'in-progress',
    }
    const sound = createRecording()
    store.data.recordings.push(facts)
    tell(order, facts)

    function close(status: 'completed' | 'absent') {
      running.delete(facts.sid)
      facts.status = status
      facts.updatedAt = clock.now()
    }

    const active: ActiveRecording = {
      facts,
      append: (frame) => {
        if (facts.status === 'in-progress') sound.append(frame)
      },
      pause: () => {
        facts.status = 'paused'
      },
      resume: () => {
        facts.status = 'in-progress'
      },
      stop() {
        if (!running.has(facts.sid)) return facts
        const samples = order.trim ? trimSilence(sound.cut()) : sound.cut()
        mkdirSync(folder, { recursive: true })
        writeFileSync(pathOf(facts.sid), writeWav(samples))
        close('completed')
        facts.duration = Math.max(1, Math.round(samples.length / 8000))
        store.save()
        tell(order, facts)
        return facts
      },
      discard() {
        if (!running.has(facts.sid)) return
        close('absent')
        facts.duration = 0
        store.save()
        tell(order, facts)
      },
    }
    running.set(facts.sid, active)
    return active
  }

  return {
    start,
    active: (sid) => running.get(sid),
    list: () => store.data.recordings,
    get: (sid) => store.data.recordings.find((facts) => facts.sid === sid),
    remove(sid) {
      store.data.recordings = store.data.recordings.filter((facts) => facts.sid !== sid)
      running.delete(sid)
      rmSync(pathOf(sid), { force: true })
      store.save()
    },
    fileOf: (sid) => (existsSync(pathOf(sid)) ? pathOf(sid) : undefined),
    urlOf,
  }
}

/** Cuts whole quiet frames off both ends. */
export function trimSilence(samples: Int16Array): Int16Array {
  const loudAt = (frame: number) => isLoud(samples.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES))
  let first = 0
  let last = Math.ceil(samples.length / FRAME_SAMPLES)
  while (first < last && !loudAt(first)) first += 1
  while (last > first && !loudAt(last - 1)) last -= 1
  return samples.slice(first * FRAME_SAMPLES, last * FRAME_SAMPLES)
}
