/** The report that a person may send to the admin: what happened inside, in codes and counts. No names, numbers, notes or tokens (DESIGN 7.6). */
import type { Input } from './inputs.ts'
import type { State } from './state.ts'

/** Lines kept. */
const KEPT = 200

export interface Journal {
  note(input: Input, before: State, after: State, now: number): void
  /** Something that was thrown: its kind only, because a message may quote what a person wrote. */
  failed(error: unknown, now: number): void
  lines(): readonly string[]
}

export function createJournal(): Journal {
  const lines: string[] = []
  const add = (now: number, text: string) => {
    lines.push(`${new Date(now).toISOString()} ${text}`)
    if (lines.length > KEPT) lines.splice(0, lines.length - KEPT)
  }
  return {
    note(input, before, after, now) {
      const change = [phases(before), phases(after)]
      const detail = detailOf(input)
      if (change[0] === change[1] && detail === null) return
      add(now, `${input.type}${detail ? ` ${detail}` : ''}${change[0] === change[1] ? '' : ` → ${change[1]}`}`)
    },
    failed(error, now) {
      add(now, `failed ${error instanceof Error ? `${error.name}${'code' in error ? ` ${String(error.code)}` : ''}` : typeof error}`)
    },
    lines: () => lines,
  }
}

/** Where all machines stand, in one line. */
const phases = ({ line, voice, call, offers, microphone }: State) =>
  `line=${line.phase} voice=${voice.state} microphone=${microphone} offers=${offers.length} call=${call?.phase ?? '-'}`

/** Codes only. */
function detailOf(input: Input): string | null {
  if ('failure' in input && input.failure) return input.failure.code
  if (input.type === 'decided') return input.decision.type
  if (input.type === 'request-failed') return input.request
  if (input.type === 'frame-received' && input.frame.type === 'events')
    return input.frame.events.map(({ event }) => event.type).join(',') || null
  return null
}

export interface ReportParts {
  state: State
  lines: readonly string[]
  version: string
  userAgent: string
  now: number
  /** Rows in the cache. */
  counts: Record<string, number>
}

export function report({ state, lines, version, userAgent, now, counts }: ReportParts): string {
  const { line, voice, me, notifications, unsent, devices } = state
  const rows = [
    `Ringside ${version}, ${new Date(now).toISOString()}`,
    userAgent,
    phases(state),
    `line failure: ${line.failure?.code ?? '-'}; tries: ${line.tries}; clock off by ${Math.round(line.skew)} ms`,
    `voice failure: ${voice.failure?.code ?? '-'}; tries: ${voice.tries}`,
    `status: ${me?.status ?? '-'} ${me?.reason ?? ''}; wanted: ${me?.wanted ?? '-'}; seat: ${me?.user.seat ?? '-'}; channels: ${me?.channels.length ?? '-'}`,
    `unread: ${notifications.length}; unsent: ${unsent}`,
    `chosen devices: ${Object.values(devices).filter((id) => id !== null).length} of 3`,
    `cache: ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    '',
    ...lines,
  ]
  return rows.join('\n')
}
