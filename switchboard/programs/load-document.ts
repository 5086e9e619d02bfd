import { callFields } from '../calls/fields.ts'
import { type Element, parseTwiml, TwimlError } from '../twiml/parse.ts'
import type { DocumentSource, Stage } from './stage.ts'

/** A checked document and where it came from. */
export interface LoadedDocument {
  verbs: Element[]
  base?: string
}

const element = (name: string, text: string, attributes: Element['attributes'] = {}): Element => ({ name, text, children: [], attributes })

/** Fetches and checks a document. Sound stands for a `<Play>` of it, plain text for a `<Say>`. Throws a TwimlError. */
export async function loadDocument(stage: Stage, source: DocumentSource): Promise<LoadedDocument> {
  if (source.kind === 'twiml') return { verbs: parseTwiml(source.text), base: stage.base }
  const { room, leg } = stage
  const fields = { ...callFields(leg.call), ...source.fields }
  const answer = await room.webhooks.ask({ url: source.url, method: source.method, fields }, { event: source.event, callSid: leg.call.sid })
  if (!answer.ok) throw new TwimlError(answer.code, answer.message)
  const type = (answer.contentType.split(';')[0] ?? '').trim().toLowerCase()
  if (type.startsWith('audio/')) return { verbs: [{ ...element('Play', answer.url, { loop: 1 }), sound: answer.body }], base: answer.url }
  const text = answer.body.toString('utf8')
  if (['text/xml', 'application/xml', 'text/html'].includes(type)) return { verbs: parseTwiml(text), base: answer.url }
  if (type === 'text/plain') return { verbs: [element('Say', text, { loop: 1, language: 'en-US' })], base: answer.url }
  throw new TwimlError(12300, `Invalid Content-Type "${answer.contentType}" from ${answer.url}`)
}
