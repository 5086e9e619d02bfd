import { callSeconds } from '../calls/call.ts'
import type { Leg } from '../calls/leg.ts'
import { type RingOrder, type Rung, ringOut } from '../calls/ring-out.ts'
import { mixAll } from '../media/mixer.ts'
import { note, resolveAddress, type Stage } from '../programs/stage.ts'
import { recordingOrder } from '../recordings/order.ts'
import { playInto } from '../sound/source.ts'
import { RINGBACK } from '../sound/tones.ts'
import { flagOf, methodOf, numberOf, textOf, wordsOf } from '../twiml/attribute-access.ts'
import { type Element, TwimlError } from '../twiml/parse.ts'
import { digitsMs } from './play.ts'

/** Rings all nouns at once; the first who answers is connected, the others stop. Returns the fields of the action. */
export async function dialParties(stage: Stage, dial: Element): Promise<Record<string, string>> {
  const { room, leg } = stage
  const nouns = dial.children.length > 0 ? dial.children : [{ name: 'Number', text: dial.text, children: [], attributes: {} }]
  const orders = nouns.map((noun) => orderFor(stage, dial, noun))
  const onBridge = flagOf(dial, 'answerOnBridge') && leg.call.startedAt === undefined
  if (!onBridge) room.legs.answer(leg)
  note(stage, `Dial ${orders.map((order) => order.to).join(', ')}`)
  const ringing = new AbortController()
  if (!onBridge) void playInto(stage.mouth, RINGBACK, AbortSignal.any([ringing.signal, stage.signal]), true)
  const rung = orders.map((order) => ringOut(room, order))
  const winner = await firstAnswer(rung, stage.signal)
  ringing.abort()
  for (const { leg: other } of rung) if (other !== winner?.leg) room.legs.end(other, { status: 'canceled' })
  if (!winner) return { DialCallStatus: failureOf(rung, leg.over.signal.aborted), DialBridged: 'false' }
  room.legs.answer(leg)
  const noun = nouns[rung.indexOf(winner)]
  const digits = noun && textOf(noun, 'sendDigits')
  if (digits) {
    winner.leg.line?.sendDigits(digits)
    await room.clock.wait(digitsMs(digits), stage.signal)
  }
  const recording = await bridge(stage, dial, winner.leg)
  return {
    DialCallStatus: 'completed',
    DialCallSid: winner.leg.call.sid,
    DialCallDuration: String(callSeconds(winner.leg.call)),
    DialBridged: 'true',
    ...recording,
  }
}

function orderFor(stage: Stage, dial: Element, noun: Element): RingOrder {
  const { call } = stage.leg
  const identity = noun.children.find((child) => child.name === 'Identity')?.text ?? noun.text
  const to = noun.name === 'Client' ? `client:${identity}` : noun.text.replace(/[\s().-]/g, '')
  if (noun.name === 'Number' && !/^\+[1-9]\d{4,14}$/.test(to)) throw new TwimlError(13224, `<Number> ${noun.text} is no E.164 number`)
  const parameters = noun.children.filter((child) => child.name === 'Parameter')
  const url = textOf(noun, 'statusCallback')
  return {
    to,
    from: callerId(stage, dial, noun.name === 'Number'),
    direction: 'outbound-dial',
    parentCallSid: call.sid,
    custom: Object.fromEntries(parameters.map((child) => [textOf(child, 'name') ?? '', textOf(child, 'value') ?? ''])),
    callback: url
      ? { url: resolveAddress(stage, url), method: methodOf(noun, 'statusCallbackMethod'), events: wordsOf(noun, 'statusCallbackEvent') }
      : undefined,
    timeoutMs: (numberOf(dial, 'timeout') ?? 30) * 1000,
  }
}

/** A number may only be shown to the telephone network that the account owns, or that the calling party has itself. */
function callerId(stage: Stage, dial: Element, toNetwork: boolean): string {
  const { room, leg } = stage
  const id = textOf(dial, 'callerId') ?? leg.call.from
  if (!toNetwork) return id
  const owned = room.store.data.numbers.some((number) => number.phoneNumber === id)
  if (!owned && id !== leg.call.from && id !== leg.call.to) throw new TwimlError(13214, `callerId ${id} is not a number of this account`)
  if (!/^\+[1-9]\d{4,14}$/.test(id) && id !== 'anonymous') throw new TwimlError(13214, `<Number> needs a callerId; "${id}" is none`)
  return id
}

function firstAnswer(rung: Rung[], signal: AbortSignal): Promise<Rung | undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    let open = rung.length
    const countOut = () => {
      open -= 1
      if (open === 0) resolve(undefined)
    }
    for (const one of rung) {
      one.answered.then((answered) => (answered ? resolve(one) : undefined))
      if (one.leg.over.signal.aborted) countOut()
      else one.leg.over.signal.addEventListener('abort', countOut, { once: true })
    }
  })
}

function failureOf(rung: Rung[], callerLeft: boolean): string {
  if (callerLeft) return 'canceled'
  const statuses = rung.map(({ leg }) => leg.call.status)
  return statuses.find((status) => status === 'busy') ?? statuses.find((status) => status === 'failed') ?? 'no-answer'
}

/** Both hear each other until one hangs up, presses `*` where that ends it, or the time is over. */
async function bridge(stage: Stage, dial: Element, other: Leg): Promise<Record<string, string>> {
  const { room, leg, signal } = stage
  const wanted = textOf(dial, 'record') ?? 'do-not-record'
  const record = wanted !== 'do-not-record' && wanted !== 'false'
  const recording = record ? room.recordings.start(recordingOrder(stage, dial, 'DialVerb', { callSid: leg.call.sid })) : undefined
  const tap = () => recording?.append(mixAll([leg.heard, other.heard]))
  // A redirect of the other leg by REST takes it out of the bridge without ending it.
  const program = new AbortController()
  other.program = program
  const toOther = (digit: string) => other.line?.sendDigits(digit)
  const toLeg = (digit: string) => leg.line?.sendDigits(digit)
  other.digitListeners.add(toLeg)
  leg.digitListeners.add(toOther)
  leg.mouth.source = { next: () => other.heard }
  other.mouth.source = { next: () => leg.heard }
  leg.taps.add(tap)
  await new Promise<void>((resolve) => {
    const finish = () => {
      cancelTimer()
      leg.digitListeners.delete(onDigit)
      resolve()
    }
    const onDigit = (digit: string) => {
      if (digit === '*' && flagOf(dial, 'hangupOnStar')) finish()
    }
    const cancelTimer = room.clock.after((numberOf(dial, 'timeLimit') ?? 14_400) * 1000, finish)
    leg.digitListeners.add(onDigit)
    signal.addEventListener('abort', finish, { once: true })
    other.over.signal.addEventListener('abort', finish, { once: true })
    program.signal.addEventListener('abort', finish, { once: true })
    if (signal.aborted || other.over.signal.aborted) finish()
  })
  leg.taps.delete(tap)
  leg.digitListeners.delete(toOther)
  other.digitListeners.delete(toLeg)
  leg.mouth.source = undefined
  if (!program.signal.aborted) room.legs.end(other, { status: 'completed' })
  const facts = recording?.stop()
  return facts ? { RecordingSid: facts.sid, RecordingUrl: room.recordings.urlOf(facts.sid), RecordingDuration: String(facts.duration) } : {}
}
