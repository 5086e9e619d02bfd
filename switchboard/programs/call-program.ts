/** What runs on a leg: its documents, one after the other, until the call ends or something else is put in their place. */
import type { Leg } from '../calls/leg.ts'
import type { Room } from '../room.ts'
import { TwimlError } from '../twiml/parse.ts'
import { say } from '../verbs/say.ts'
import { CALL_VERBS, runDocuments } from './run-documents.ts'
import type { DocumentSource, Fallback, Stage } from './stage.ts'

const APOLOGY = "We're sorry. An application error has occurred. Goodbye."

/** Replaces whatever runs on the leg. Never rejects; ends the leg when the documents are through. */
export async function runCall(room: Room, leg: Leg, first: DocumentSource, fallback?: Fallback): Promise<void> {
  leg.fallback = fallback ?? leg.fallback
  await runOnLeg(room, leg, async (stage) => {
    try {
      await runDocuments(stage, first, CALL_VERBS, leg.fallback)
    } catch (error) {
      if (stage.signal.aborted) return
      if (!(error instanceof TwimlError)) throw error
      await apologise(stage)
    }
  })
}

/** Runs something on a leg in place of what ran before, and ends the leg after it. */
export async function runOnLeg(room: Room, leg: Leg, act: (stage: Stage) => Promise<void>): Promise<void> {
  leg.program?.abort()
  const program = new AbortController()
  leg.program = program
  const signal = AbortSignal.any([program.signal, leg.over.signal])
  leg.mouth.source = undefined
  try {
    await act({ room, leg, mouth: leg.mouth, signal })
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    room.log.add({ kind: 'error', callSid: leg.call.sid, text: `the switchboard itself failed: ${text}` })
  }
  if (!signal.aborted) room.legs.end(leg, { status: 'completed' })
}

async function apologise(stage: Stage) {
  stage.room.log.add({
    kind: 'error',
    callSid: stage.leg.call.sid,
    text: 'no document can be had: the caller hears an apology and is hung up',
  })
  await say(stage, { name: 'Say', text: APOLOGY, children: [], attributes: { language: 'en-US', loop: 1 } })
}
