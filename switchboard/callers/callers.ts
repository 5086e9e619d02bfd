/** All scripted phones: those that dial, and the outside world's numbers, which can be rung. */
import { randomUUID } from 'node:crypto'
import type { Exchange, Line, LineEnd, LineFinder, RingingLine } from '../exchange.ts'
import { type Caller, createCaller } from './caller.ts'
import type { DialOrder, PhoneRule } from './orders.ts'
import { type After, playScript } from './script.ts'
import { makeVoice } from './voice.ts'

export interface Callers {
  dial(order: DialOrder): Promise<Caller>
  find(id: string): Caller | undefined
  list(): Caller[]
  /** What a number does when it is rung; `*` is every number without a rule of its own. */
  setRule(number: string, rule: PhoneRule): void
  rules(): Record<string, PhoneRule>
  clearRules(): void
  /** Rings an E.164 number. */
  ring: LineFinder['ring']
  close(): void
}

/** A tone has no end of its own, so it is looped unless the order says otherwise. */
const isLooped = (order: Pick<DialOrder, 'loop' | 'say'>): boolean => order.loop ?? (order.say !== undefined && 'toneHz' in order.say)

const DEFAULT_RULE: PhoneRule = { answer: 'answer', afterSeconds: 1 }
/** A minute heard is a megabyte; the callers that ended first are forgotten. */
const MOST_KEPT = 500
const E164 = /^\+[1-9]\d{4,14}$/

export const createCallers = (exchange: Exchange, after: After, log: (text: string, callSid?: string) => void): Callers => {
  const callers = new Map<string, Caller>()
  const rules = new Map<string, PhoneRule>()

  const keep = (caller: Caller): Caller => {
    callers.set(caller.id, caller)
    const oldest = callers.size > MOST_KEPT ? [...callers.values()].find(({ state }) => state === 'ended') : undefined
    if (oldest) callers.delete(oldest.id)
    return caller
  }
  const run = (caller: Caller, order: Pick<DialOrder, 'script'>) =>
    void playScript(caller, order.script ?? [], after, (text) => log(text, caller.callSid))

  const ring: LineFinder['ring'] = (to, leg): RingingLine | undefined => {
    if (!E164.test(to)) return undefined
    const rule = rules.get(to) ?? rules.get('*') ?? DEFAULT_RULE
    const caller = keep(createCaller({ id: randomUUID(), from: leg.from, to, direction: 'rung' }))
    caller.name(leg.callSid)
    const { promise: outcome, resolve } = Promise.withResolvers<{ line: Line } | { end: LineEnd }>()
    const end = (status: LineEnd['status']) => {
      caller.line.ended({ status })
      resolve({ end: { status } })
    }
    const act = async () => {
      if (caller.state === 'ended') return
      if (rule.answer === 'reject') return end('busy')
      caller.say(await makeVoice(rule.say), isLooped(rule))
      if (caller.over.aborted) return
      caller.line.answered(leg.callSid)
      resolve({ line: caller.line })
      run(caller, rule)
    }
    if (rule.answer === 'busy') end('busy')
    const actOrFail = () =>
      act().catch((error) => {
        log(`the rung phone failed: ${error instanceof Error ? error.message : error}`, leg.callSid)
        end('failed')
      })
    const acts = rule.answer === 'answer' || rule.answer === 'reject'
    const callOff = acts ? after((rule.afterSeconds ?? 1) * 1000, actOrFail) : () => {}
    return {
      outcome,
      cancel: () => {
        if (caller.state !== 'ringing') return
        callOff()
        end('canceled')
      },
    }
  }

  return {
    ring,
    dial: async (order) => {
      const voice = await makeVoice(order.say)
      const caller = keep(createCaller({ id: randomUUID(), from: order.from, to: order.to, direction: 'dialled' }))
      caller.say(voice, isLooped(order))
      caller.name(exchange.dial(order.from, order.to, caller.line))
      run(caller, order)
      return caller
    },
    find: (id) => callers.get(id),
    list: () => [...callers.values()],
    setRule: (number, rule) => {
      rules.set(number, rule)
    },
    rules: () => ({ '*': DEFAULT_RULE, ...Object.fromEntries(rules) }),
    clearRules: () => rules.clear(),
    close: () => {
      for (const caller of callers.values()) caller.hangUp()
    },
  }
}
