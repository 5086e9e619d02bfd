/** What somebody hears who waits, in a conference that has not begun, in a queue, or on hold: music of ours, or the app's, for ever. */

import { playInto } from '../sound/source.ts'
import { HOLD_MUSIC } from '../sound/tones.ts'
import { TwimlError } from '../twiml/parse.ts'
import { type Outcome, runDocuments } from './run-documents.ts'
import { note, type Stage } from './stage.ts'

/** `url` undefined is music of ours, empty is silence. */
export interface WaitingOrder {
  url?: string
  method: 'GET' | 'POST'
  event: 'wait' | 'hold' | 'queue-wait'
  fields: () => Record<string, string>
}

/** Runs until the signal is aborted or a document hangs up or leaves. A document that fails is logged and leaves silence. Never rejects. */
export async function runWaiting(stage: Stage, order: WaitingOrder, allowed: readonly string[]): Promise<Outcome> {
  if (order.url === undefined) {
    note(stage, `${order.event}: hears the built-in music`)
    await playInto(stage.mouth, HOLD_MUSIC, stage.signal, true)
    return 'finished'
  }
  while (order.url !== '' && !stage.signal.aborted) {
    const startedAt = stage.room.clock.now()
    try {
      const source = { kind: 'url' as const, url: order.url, method: order.method, event: order.event, fields: order.fields() }
      const outcome = await runDocuments({ ...stage }, source, allowed)
      if (outcome !== 'finished') return outcome
    } catch (error) {
      if (!(error instanceof TwimlError)) throw error
      break
    }
    // A document that plays nothing would otherwise be asked for without a pause.
    await stage.room.clock.wait(Math.max(0, 1000 - (stage.room.clock.now() - startedAt)), stage.signal)
  }
  return 'finished'
}
