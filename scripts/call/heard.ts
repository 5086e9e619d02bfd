/** What a caller heard, put into words: silence, a steady tone, or voice (or music). All functions are pure. */

/** 100 ms of what was heard, as the switchboard's `/control/callers/:id/heard` has it. */
export interface Moment {
  atMs: number
  /** 0 is a full-scale sine; below −60 is silence. */
  dbfs: number
  hz: number | null
}

/** A stretch in which one kind of thing was heard. */
export interface Stretch {
  fromMs: number
  untilMs: number
  kind: 'silence' | 'tone' | 'voice'
  /** Of a tone. */
  hz?: number
  /** The loudest moment. */
  dbfs: number
}

const MOMENT_MS = 100
/** Half a second is long enough to tell a tone from a vowel, and short enough to show a ring's rhythm. */
const WINDOW = 5
const SILENT_DBFS = -50
/** A held tone stays this close to itself; speech does not. */
const STEADY_HZ = 10

/** Cuts a timeline into stretches of one kind. */
export function stretches(moments: Moment[]): Stretch[] {
  const found: Stretch[] = []
  for (let at = 0; at < moments.length; at += WINDOW) {
    const next = nameWindow(moments.slice(at, at + WINDOW))
    const last = found.at(-1)
    if (last && isSame(last, next)) {
      last.untilMs = next.untilMs
      last.dbfs = Math.max(last.dbfs, next.dbfs)
    } else found.push(next)
  }
  return found
}

function nameWindow(window: Moment[]): Stretch {
  const loud = window.filter(({ dbfs }) => dbfs >= SILENT_DBFS)
  const base = {
    fromMs: window[0]?.atMs ?? 0,
    untilMs: (window.at(-1)?.atMs ?? 0) + MOMENT_MS,
    dbfs: Math.max(...window.map(({ dbfs }) => dbfs)),
  }
  if (loud.length <= 1) return { ...base, kind: 'silence' }
  const pitches = loud.map(({ hz }) => hz ?? 0)
  const [low, high] = [Math.min(...pitches), Math.max(...pitches)]
  return high - low <= STEADY_HZ ? { ...base, kind: 'tone', hz: Math.round((low + high) / 2) } : { ...base, kind: 'voice' }
}

const isSame = (a: Stretch, b: Stretch) => a.kind === b.kind && Math.abs((a.hz ?? 0) - (b.hz ?? 0)) <= STEADY_HZ

/** “a tone of 425 Hz, −13 dB”. */
export function inWords({ kind, hz, dbfs }: Stretch): string {
  if (kind === 'silence') return 'silence'
  const level = `${Math.round(dbfs)} dB`.replace('-', '−')
  return kind === 'tone' ? `a tone of ${hz} Hz, ${level}` : `voice or music, ${level}`
}

/** 83 400 ms is “1:23”. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
