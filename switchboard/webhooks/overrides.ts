/**
 * The connection overrides that may follow a webhook's URL as a fragment: `#rc=2&rt=3000&ct=1000&tt=9000&rp=all`.
 * They steer the request and are neither sent nor signed. Values and defaults are those of Twilio's documentation.
 */
export interface Connection {
  /** The URL without its fragment. */
  url: string
  connectMs: number
  readMs: number
  totalMs: number
  retries: number
  /** What is tried again: connect time-outs and failures, read time-outs, HTTP 4xx, 5xx. */
  retryOn: ReadonlySet<'ct' | 'rt' | '4xx' | '5xx'>
}

const POLICIES = ['ct', 'rt', '4xx', '5xx'] as const
const NUMBERS = { ct: [100, 10_000], rt: [100, 15_000], tt: [100, 15_000], rc: [0, 5] } as const

/** Throws an Error in words on an override that Twilio does not know. */
export function readConnection(fullUrl: string): Connection {
  const at = fullUrl.indexOf('#')
  const url = at < 0 ? fullUrl : fullUrl.slice(0, at)
  const numbers = { ct: 5000, rt: 15_000, tt: 15_000, rc: 1 }
  let retryOn: Connection['retryOn'] = new Set(['ct'])
  for (const [key, value] of new URLSearchParams(at < 0 ? '' : fullUrl.slice(at + 1))) {
    if (key === 'rp') retryOn = readPolicies(value)
    else if (key === 'ct' || key === 'rt' || key === 'tt' || key === 'rc') numbers[key] = readNumber(key, value)
    else throw new Error(`connection override "${key}" is unknown; known here are ct, rt, tt, rc and rp`)
  }
  return { url, connectMs: numbers.ct, readMs: numbers.rt, totalMs: numbers.tt, retries: numbers.rc, retryOn }
}

function readNumber(key: keyof typeof NUMBERS, value: string): number {
  const [least, most] = NUMBERS[key]
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`connection override ${key}=${value} must be a whole number from ${least} to ${most}`)
  }
  return number
}

function readPolicies(value: string): Connection['retryOn'] {
  const words = value.split(',')
  if (words.includes('all')) return new Set(POLICIES)
  return new Set(
    words.map((word) => {
      const policy = POLICIES.find((known) => known === word)
      if (!policy) throw new Error(`connection override rp=${value} must list ${POLICIES.join(', ')} or all`)
      return policy
    }),
  )
}
