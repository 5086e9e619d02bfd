/** TwiML text to a checked tree. Whatever the table does not know is refused with Twilio's error code and words, never passed over. */
import { SaxesParser } from 'saxes'
import type { Value } from './attributes.ts'
import { ELEMENTS, type ElementKind } from './verbs.ts'

export interface Element {
  name: string
  text: string
  children: Element[]
  /** As given, checked, defaults filled in. */
  attributes: Record<string, Value | undefined>
  /** Of a `<Play>` that stands for sound which came in a document's place: the file itself. */
  sound?: Buffer
}

/** 12100 the text is no XML document; 12200 it breaks the table; 13xxx what Twilio numbers for one verb. */
export class TwimlError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

const MOST_SPOKEN = 4096
const MOST_NOUNS = 10

/** Verbs in their order. Throws a TwimlError. */
export function parseTwiml(text: string): Element[] {
  const root = readTree(text)
  if (root.name !== 'Response') throw new TwimlError(12100, `The document's root must be <Response>, not <${root.name}>`)
  return checkElement(root, 'the document').children
}

interface RawElement {
  name: string
  given: Record<string, string>
  text: string
  children: RawElement[]
}

function readTree(text: string): RawElement {
  const parser = new SaxesParser({ xmlns: false })
  const open: RawElement[] = []
  let root: RawElement | undefined
  parser.on('error', (error) => {
    throw new TwimlError(12100, `Document parse failure: ${error.message}`)
  })
  parser.on('opentag', (tag) => {
    const element: RawElement = { name: tag.name, given: tag.attributes, text: '', children: [] }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (part: string) => {
    const element = open.at(-1)
    if (element) element.text += part
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text.trimStart()).close()
  if (!root) throw new TwimlError(12100, 'Document parse failure: the document is empty')
  return root
}

function checkElement(raw: RawElement, parent: string): Element {
  const kind = ELEMENTS[raw.name]
  if (!kind) throw new TwimlError(12200, `<${raw.name}> in ${parent} is not known`)
  const children = raw.children.map((child) => {
    if (ELEMENTS[child.name] && !kind.children.includes(child.name)) {
      throw new TwimlError(12200, `<${child.name}> may not stand in <${raw.name}>`)
    }
    return checkElement(child, `<${raw.name}>`)
  })
  const element = { name: raw.name, text: raw.text.trim(), children, attributes: checkAttributes(raw, kind) }
  checkContent(element, kind)
  return element
}

function checkAttributes(raw: RawElement, kind: ElementKind): Element['attributes'] {
  const attributes: Element['attributes'] = {}
  for (const [name, { fallback }] of Object.entries(kind.attributes)) attributes[name] = fallback
  for (const [name, given] of Object.entries(raw.given)) {
    const attribute = Object.hasOwn(kind.attributes, name) ? kind.attributes[name] : undefined
    if (!attribute) {
      const why = kind.notCarried?.includes(name) ? 'is not carried by this switchboard' : 'is not known'
      throw new TwimlError(12200, `Attribute ${name} of <${raw.name}> ${why}`)
    }
    const result = attribute.read(given)
    if ('problem' in result) throw new TwimlError(12200, `Attribute ${name}="${given}" of <${raw.name}> ${result.problem}`)
    attributes[name] = result.value
  }
  return attributes
}

function checkContent({ name, text, children, attributes }: Element, kind: ElementKind) {
  if (kind.text === 'none' && text !== '') throw new TwimlError(12200, `<${name}> has text where none belongs: "${text.slice(0, 40)}"`)
  if (kind.text === 'required' && text === '') throw new TwimlError(name === 'Say' ? 13520 : 12200, `<${name}> has no text`)
  if (name === 'Say' && text.length > MOST_SPOKEN)
    throw new TwimlError(13520, `<Say> has ${text.length} characters; ${MOST_SPOKEN} at most`)
  if (name === 'Play' && text === '' && attributes.digits === undefined)
    throw new TwimlError(13420, '<Play> has neither an address nor digits')
  if (name === 'Record' && attributes.transcribe === true) checkTranscription(Number(attributes.maxLength))
  if (name === 'Dial') checkDial(text, children)
  if (name === 'Client' && text === '' && !children.some((child) => child.name === 'Identity')) {
    throw new TwimlError(12200, '<Client> names nobody')
  }
  if (name === 'Parameter' && (attributes.name === undefined || attributes.value === undefined)) {
    throw new TwimlError(12200, '<Parameter> needs name and value')
  }
}

function checkTranscription(maxLength: number) {
  if (maxLength < 2 || maxLength > 120)
    throw new TwimlError(12200, `<Record> is transcribed only with maxLength from 2 to 120, not ${maxLength}`)
}

function checkDial(text: string, children: Element[]) {
  if (text !== '' && children.length > 0) throw new TwimlError(12200, '<Dial> has text beside its nouns')
  if (text === '' && children.length === 0) throw new TwimlError(13201, '<Dial> has nobody to dial')
  if (children.length > MOST_NOUNS) throw new TwimlError(12200, `<Dial> has ${children.length} nouns; ${MOST_NOUNS} at most`)
  if (children.some((child) => child.name === 'Conference') && children.length > 1) {
    throw new TwimlError(12200, '<Conference> stands alone in <Dial>')
  }
}
