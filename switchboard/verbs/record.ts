import { callFields } from '../calls/fields.ts'
import type { Leg } from '../calls/leg.ts'
import type { Frame } from '../media/port.ts'
import { gotoAddress, note, type Stage, type Step } from '../programs/stage.ts'
import { isLoud, recordingOrder } from '../recordings/order.ts'
import { playInto } from '../sound/source.ts'
import { RECORD_BEEP } from '../sound/tones.ts'
import { flagOf, methodOf, numberOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'

type Ending = 'silence' | 'length' | 'hangup' | 'aborted' | `key ${string}`

/** Records the far end; an empty recording is dropped and the next verb runs, as with Twilio. */
export async function record(stage: Stage, element: Element): Promise<Step> {
  const { room, leg, signal } = stage
  room.legs.answer(leg)
  if (flagOf(element, 'playBeep')) await playInto(stage.mouth, RECORD_BEEP, signal)
  if (signal.aborted) return undefined
  const recording = room.recordings.start(recordingOrder(stage, element, 'RecordVerb', { callSid: leg.call.sid }))
  note(stage, `Record ${recording.facts.sid}`)
  let spoke = false
  const tap = (heard: Frame) => {
    recording.append(heard)
    spoke ||= isLoud(heard)
  }
  leg.taps.add(tap)
  const ending = await recordUntil(stage, element)
  leg.taps.delete(tap)
  if (!spoke) {
    recording.discard()
    note(stage, `Record ended (${ending}); nothing was said`)
    return undefined
  }
  const facts = recording.stop()
  note(stage, `Record ended (${ending}) after ${facts.duration} s`)
  transcribe(stage, element, facts.sid)
  if (ending === 'aborted') return undefined
  const fields = {
    RecordingSid: facts.sid,
    RecordingUrl: room.recordings.urlOf(facts.sid),
    RecordingDuration: String(facts.duration ?? 0),
    ...(ending === 'hangup' ? { Digits: 'hangup' } : ending.startsWith('key') ? { Digits: ending.slice(4) } : {}),
  }
  const step = gotoAddress(stage, textOf(element, 'action'), methodOf(element, 'method'), 'record-action', fields)
  if (ending !== 'hangup' || typeof step !== 'object') return step
  // The call is over: the action is still told, and whatever it answers cannot be run.
  if (step.goto.kind === 'url') {
    const { url, method } = step.goto
    room.webhooks.tell({ url, method, fields: { ...callFields(leg.call), ...fields } }, { event: 'record-action', callSid: leg.call.sid })
  }
  return 'hang-up'
}

function recordUntil(stage: Stage, element: Element): Promise<Ending> {
  const { room, leg, signal } = stage
  const silenceMs = (numberOf(element, 'timeout') ?? 5) * 1000
  const keys = textOf(element, 'finishOnKey') ?? ''
  return new Promise((resolve) => {
    let quietSince = room.clock.now()
    const tap = (heard: Frame) => {
      if (isLoud(heard)) quietSince = room.clock.now()
      else if (silenceMs > 0 && room.clock.now() - quietSince >= silenceMs) finish('silence')
    }
    const onDigit = (digit: string) => {
      if (keys.includes(digit)) finish(`key ${digit}`)
    }
    const cancelTimer = room.clock.after((numberOf(element, 'maxLength') ?? 3600) * 1000, () => finish('length'))
    const onAbort = () => finish(hungUp(leg) ? 'hangup' : 'aborted')
    function finish(ending: Ending) {
      cancelTimer()
      leg.taps.delete(tap)
      leg.digitListeners.delete(onDigit)
      signal.removeEventListener('abort', onAbort)
      resolve(ending)
    }
    leg.taps.add(tap)
    leg.digitListeners.add(onDigit)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

const hungUp = (leg: Leg) => leg.over.signal.aborted

/** There is no speech recognition here: the callback honestly says that it failed. */
function transcribe(stage: Stage, element: Element, recordingSid: string) {
  const callback = textOf(element, 'transcribeCallback')
  if (!flagOf(element, 'transcribe') || !callback) return
  const { room, leg } = stage
  const fields = {
    ...callFields(leg.call),
    RecordingSid: recordingSid,
    RecordingUrl: room.recordings.urlOf(recordingSid),
    TranscriptionStatus: 'failed',
    TranscriptionText: '',
  }
  const url = gotoAddress(stage, callback, 'POST', 'transcription')
  if (typeof url === 'object' && url.goto.kind === 'url') {
    room.webhooks.tell({ url: url.goto.url, method: 'POST', fields }, { event: 'transcription', callSid: leg.call.sid })
  }
}
