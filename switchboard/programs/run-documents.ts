/** Runs documents verb after verb until one leads nowhere further. */

import { TwimlError } from '../twiml/parse.ts'
import { VERBS } from '../verbs/index.ts'
import { loadDocument } from './load-document.ts'
import type { DocumentSource, Fallback, Stage } from './stage.ts'

/** What documents of a kind may hold. Twilio allows little while somebody waits or is on hold. */
export const WAITING_VERBS = ['Play', 'Say', 'Pause', 'Redirect']
export const QUEUE_VERBS = [...WAITING_VERBS, 'Gather', 'Hangup', 'Leave']
export const CALL_VERBS = [...WAITING_VERBS, 'Gather', 'Hangup', 'Reject', 'Record', 'Dial', 'Enqueue']

export type Outcome = 'finished' | 'hang-up' | 'leave'

/**
 * Runs from the first document on. A document that cannot be had or run leads to the fallback, once. Resolves early when the stage's
 * signal is aborted; throws a TwimlError where the fallback failed too or there is none.
 */
export async function runDocuments(stage: Stage, first: DocumentSource, allowed: readonly string[], fallback?: Fallback): Promise<Outcome> {
  let source = first
  let spare = fallback
  for (;;) {
    try {
      const step = await runDocument(stage, source, allowed)
      if (typeof step === 'string') return step
      source = step.goto
    } catch (error) {
      if (!(error instanceof TwimlError) || stage.signal.aborted) throw error
      stage.room.log.add({ kind: 'error', callSid: stage.leg.call.sid, code: error.code, text: error.message })
      if (!spare) throw error
      const fields = { ErrorCode: String(error.code), ErrorUrl: source.kind === 'url' ? (source.url.split('#')[0] ?? '') : '' }
      source = { kind: 'url', ...spare, event: 'fallback', fields }
      spare = undefined
    }
  }
}

async function runDocument(stage: Stage, source: DocumentSource, allowed: readonly string[]): Promise<Outcome | { goto: DocumentSource }> {
  const document = await loadDocument(stage, source)
  stage.base = document.base
  const stranger = document.verbs.find((verb) => !allowed.includes(verb.name))
  if (stranger) throw new TwimlError(12200, `<${stranger.name}> may not stand in this document; it may hold ${allowed.join(', ')}`)
  for (const verb of document.verbs) {
    if (stage.signal.aborted) return 'finished'
    const run = VERBS[verb.name]
    if (!run) throw new TwimlError(12200, `<${verb.name}> is not carried by this switchboard`)
    const step = await run(stage, verb)
    if (step) return step
  }
  return 'finished'
}
