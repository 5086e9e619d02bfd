/**
 * Reading of REST parameters. Each resource names what it takes and of which kind; anything else is refused with 400 naming it,
 * where real Twilio would pass it over: a misspelt parameter is a bug here, not a surprise there.
 */
import { invalid, missing, RestError } from './errors.ts'

export type Kind =
  | 'text'
  | 'url'
  | 'method'
  | 'flag'
  | 'number'
  | { range: readonly [number, number] }
  | { words: readonly string[] }
  | { one: readonly string[] }

export interface ParameterTable {
  required?: readonly string[]
  takes: Record<string, Kind>
}

/** Checked parameters: one value a name, lists joined by a space. */
export interface Parameters {
  text(name: string): string | undefined
  has(name: string): boolean
  flag(name: string, fallback: boolean): boolean
  number(name: string, fallback: number): number
  method(name: string): 'GET' | 'POST'
  words(name: string, fallback: readonly string[]): readonly string[]
  /** All that were given. */
  given(): Record<string, string>
}

/** Throws a RestError for the first parameter that is unknown, missing or wrong. */
export function readParameters(source: URLSearchParams, table: ParameterTable): Parameters {
  const values: Record<string, string> = {}
  for (const name of new Set(source.keys())) {
    const kind = Object.hasOwn(table.takes, name) ? table.takes[name] : undefined
    if (!kind) {
      throw new RestError(
        400,
        20001,
        `Parameter ${name} is unknown or not carried by this switchboard; known here: ${Object.keys(table.takes).join(', ')}`,
      )
    }
    const value = source.getAll(name).join(' ')
    const problem = check(kind, value)
    if (problem) throw invalid(name, value, problem)
    values[name] = value
  }
  for (const name of table.required ?? []) if (!values[name]) throw missing(name)
  return {
    text: (name) => values[name],
    has: (name) => values[name] !== undefined,
    flag: (name, fallback) => (values[name] === undefined ? fallback : values[name].toLowerCase() === 'true'),
    number: (name, fallback) => (values[name] === undefined ? fallback : Number(values[name])),
    method: (name) => (values[name] === 'GET' ? 'GET' : 'POST'),
    words: (name, fallback) => (values[name] ? values[name].split(/[\s,]+/) : fallback),
    given: () => values,
  }
}

function check(kind: Kind, value: string): string | undefined {
  if (kind === 'text') return undefined
  if (kind === 'url')
    return value === '' || (/^https?:\/\//i.test(value) && URL.canParse(value)) ? undefined : 'must be an absolute http(s) address'
  if (kind === 'method') return /^(GET|POST)$/.test(value) ? undefined : 'must be GET or POST'
  if (kind === 'flag') return /^(true|false)$/i.test(value) ? undefined : 'must be true or false'
  if (kind === 'number') return /^\d+$/.test(value) ? undefined : 'must be a whole number'
  if ('range' in kind) {
    const [least, most] = kind.range
    return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`
  }
  const known = 'one' in kind ? kind.one : kind.words
  const wrong = ('one' in kind ? [value] : value.split(/[\s,]+/)).find((word) => !known.includes(word))
  return wrong === undefined ? undefined : `must be of ${known.join(', ')}`
}
