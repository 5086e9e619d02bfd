import { SaxesParser } from 'saxes'

export interface Verb {
  name: string
  attributes: Record<string, string>
  text: string
  children: Verb[]
}

/** The verbs of a TwiML document, in order. Throws where it is not well-formed. */
export function parseTwiml(document: string): Verb[] {
  const root: Verb = { name: '', attributes: {}, text: '', children: [] }
  const open: Verb[] = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const verb: Verb = { name, attributes: { ...(attributes as Record<string, string>) }, text: '', children: [] }
    open.at(-1)?.children.push(verb)
    open.push(verb)
  })
  parser.on('text', (text) => {
    const verb = open.at(-1)
    if (verb) verb.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(document).close()
  const [response] = root.children
  if (response?.name !== 'Response') throw new Error(`not TwiML: ${document.slice(0, 80)}`)
  return response.children
}
