/** Rules that spoil traffic on purpose: callbacks late, lost, doubled or out of order, REST refused, media refused. */
export type FaultKind = 'webhook' | 'rest' | 'media'
export type FaultAct = 'drop' | 'delay' | 'double' | 'reorder' | 'status' | 'lose-answer' | 'refuse-media'

export interface FaultRule {
  id: number
  match: { kind: FaultKind; event?: string; path?: string; method?: string; callSid?: string; to?: string }
  do: FaultAct
  /** How often it may still strike; undefined is for ever. */
  times?: number
  /** Milliseconds on the exchange's clock, for delay and reorder. */
  ms: number
  /** HTTP status, for status. */
  status: number
  /** Twilio's error code beside it, for status of REST; a usual one where not given. */
  code?: number
  hits: number
}

/** What is known of one thing that is about to happen. `path` is a URL's path, `event` a callback's event. */
export interface FaultFacts {
  kind: FaultKind
  event?: string
  path?: string
  method?: string
  callSid?: string
  to?: string
}

export interface Faults {
  /** Throws an Error in words when the rule makes no sense. */
  add(rule: unknown): FaultRule
  list(): FaultRule[]
  clear(): void
  /** The first rule that matches, counted as a hit. */
  take(facts: FaultFacts): FaultRule | undefined
}

const ALLOWED: Record<FaultKind, readonly FaultAct[]> = {
  webhook: ['drop', 'delay', 'double', 'reorder', 'status'],
  /** lose-answer: it is done, and the connection is cut instead of an answer. */
  rest: ['drop', 'delay', 'status', 'lose-answer'],
  media: ['refuse-media'],
}
const MATCHERS = ['event', 'path', 'method', 'callSid', 'to'] as const

export function createFaults(): Faults {
  let rules: FaultRule[] = []
  let lastId = 0
  return {
    add(input) {
      lastId += 1
      const rule = { id: lastId, hits: 0, ...readRule(input) }
      rules.push(rule)
      return rule
    },
    list: () => rules,
    clear() {
      rules = []
    },
    take(facts) {
      const rule = rules.find((candidate) => (candidate.times ?? 1) > 0 && matches(candidate.match, facts))
      if (!rule) return undefined
      rule.hits += 1
      if (rule.times !== undefined) rule.times -= 1
      return rule
    },
  }
}

/** `path` matches anywhere in the path; the others match exactly. */
function matches(match: FaultRule['match'], facts: FaultFacts): boolean {
  if (match.kind !== facts.kind) return false
  if (match.path !== undefined && !facts.path?.includes(match.path)) return false
  return (['event', 'method', 'callSid', 'to'] as const).every((key) => match[key] === undefined || match[key] === facts[key])
}

function readRule(input: unknown): Omit<FaultRule, 'id' | 'hits'> {
  const rule = asObject(input, 'a fault')
  const known = ['match', 'do', 'times', 'ms', 'status', 'code']
  for (const key of Object.keys(rule)) if (!known.includes(key)) throw new Error(`A fault has no "${key}"; it has ${known.join(', ')}.`)
  const given = asObject(rule.match, 'match')
  const kind = given.kind as FaultKind
  if (!Object.hasOwn(ALLOWED, String(kind))) throw new Error(`match.kind is webhook, rest or media, not "${given.kind}".`)
  if (!ALLOWED[kind].includes(rule.do as FaultAct)) throw new Error(`A ${kind} fault can do ${ALLOWED[kind].join(', ')}, not "${rule.do}".`)
  const match: FaultRule['match'] = { kind }
  for (const [key, value] of Object.entries(given)) {
    if (key === 'kind') continue
    const name = MATCHERS.find((matcher) => matcher === key)
    if (!name || typeof value !== 'string') throw new Error(`match has kind, ${MATCHERS.join(', ')} (text), not "${key}".`)
    match[name] = value
  }
  const act = rule.do as FaultAct
  const times = rule.times === undefined ? undefined : wholeNumber(rule.times, 'times')
  const ms = rule.ms === undefined ? (act === 'reorder' ? 2000 : 1000) : wholeNumber(rule.ms, 'ms')
  const status = rule.status === undefined ? (kind === 'rest' ? 429 : 500) : wholeNumber(rule.status, 'status')
  const code = rule.code === undefined ? undefined : wholeNumber(rule.code, 'code')
  return { match, do: act, times, ms, status, code }
}

function asObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} must be an object.`)
  return value as Record<string, unknown>
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number from 0.`)
  return value
}
