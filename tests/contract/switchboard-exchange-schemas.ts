/** Holds REST answers against Twilio's OpenAPI description. */
import { Ajv, type ValidateFunction } from 'ajv'

export interface Description {
  paths: Record<string, Record<string, { responses?: Record<string, { content?: { 'application/json'?: { schema: unknown } } }> }>>
  components: { schemas: Record<string, unknown> }
}

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/

/** Empty addresses and relative ones are what Twilio itself answers. */
const FORMATS: Record<string, true | RegExp | ((text: string) => boolean)> = {
  'date-time-rfc-2822': RFC_2822,
  uri: (text) => URL.canParse(text, 'https://api.twilio.com'),
  'http-method': /^(GET|POST)$/,
  'iso-country-code': /^[A-Z]{2}$/,
  currency: /^[A-Za-z]{3}$/,
  'phone-number': /^[+()\d -]+$/,
  'uri-map': true,
  'phone-number-capabilities': true,
}

/** Twilio's description says an enum; Twilio's answers for a conference that goes on have null. */
const NULL_THOUGH_ENUM = ['reason_conference_ended']

/** Says what is wrong with an answer: '' for nothing, words where path, status or body are not described. */
export function createJudge(description: Description): (method: string, path: string, status: number, body: unknown) => string {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS })
  ajv.addSchema({ $id: 'twilio', components: sharpen(description.components) as object })
  const compiled = new Map<string, ValidateFunction>()
  const templates = Object.keys(description.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/.]+')}$`),
  }))
  return (method, path, status, body) => {
    const found = templates.find(({ pattern }) => pattern.test(path))
    if (!found) return `no path ${path} is described`
    const schema = description.paths[found.template]?.[method.toLowerCase()]?.responses?.[status]?.content?.['application/json']?.schema
    if (!schema) return `${method} ${found.template} has no answer ${status}`
    const key = `${method} ${found.template} ${status}`
    const validate = compiled.get(key) ?? ajv.compile(sharpen(schema) as object)
    compiled.set(key, validate)
    return validate(body) ? '' : `${key}: ${ajv.errorsText(validate.errors)}`
  }
}

/** Makes `nullable` mean null, points references at the described components, and allows no property that is not named. */
function sharpen(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => sharpen(item))
  if (typeof node !== 'object' || node === null) return node
  const { nullable, $ref, ...rest } = node as Record<string, unknown>
  if (typeof $ref === 'string') {
    const reference = { $ref: $ref.replace(/^#/, 'twilio#') }
    return nullable || NULL_THOUGH_ENUM.includes(name) ? { anyOf: [reference, { type: 'null' }] } : reference
  }
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === 'properties' ? sharpenEach(value) : sharpen(value, key)]),
  )
  const closed = 'properties' in inner ? { ...inner, additionalProperties: false } : inner
  return nullable ? { anyOf: [closed, { type: 'null' }] } : closed
}

const sharpenEach = (properties: unknown) =>
  Object.fromEntries(Object.entries(properties as object).map(([name, schema]) => [name, sharpen(schema, name)]))
