/** The notes panel and the unread notifications. */
import { type Entry, type Notification, type Thread, type ThreadDetail, UNREAD_LIMIT } from '../utils/protocol/index.ts'
import type { Input } from './inputs.ts'
import type { State } from './state.ts'

/** A fresh read of the thread that is open; for any other it changes nothing here (the cache has it). */
export function threadRead(state: State, detail: ThreadDetail): State {
  if (state.panel?.threadId !== detail.thread.id) return state
  return { ...state, panel: { ...state.panel, thread: detail, failure: null } }
}

export function threadChanged(state: State, thread: Thread): State {
  const { panel } = state
  const notifications = state.notifications.map((one) => (one.thread.id === thread.id ? { ...one, thread } : one))
  if (!panel?.thread || panel.threadId !== thread.id || panel.thread.thread.seq > thread.seq) return { ...state, notifications }
  return { ...state, notifications, panel: { ...panel, thread: { ...panel.thread, thread } } }
}

export function entryChanged(state: State, entry: Entry): State {
  const { panel } = state
  if (!panel?.thread || panel.threadId !== entry.threadId) return state
  return { ...state, panel: { ...panel, thread: { ...panel.thread, entries: withEntry(panel.thread.entries, entry) } } }
}

/** In order of time; an older version of an entry never replaces a newer one. */
export function withEntry(entries: readonly Entry[], entry: Entry): Entry[] {
  const known = entries.find(({ id }) => id === entry.id)
  if (known && known.seq > entry.seq) return [...entries]
  return [...entries.filter((other) => other !== known), entry].sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq)
}

export function noteWritten(state: State, { noteId, text, state: saved, failure }: Extract<Input, { type: 'note-written' }>): State {
  const { panel } = state
  if (panel?.note.noteId !== noteId) return state
  return { ...state, panel: { ...panel, failure, note: { noteId, text: text ?? panel.note.text, state: saved } } }
}

/** Adds, or with null takes away. Newest first, not more than UNREAD_LIMIT. */
export function addNotification(state: State, id: string, notification: Notification | null): State {
  const others = state.notifications.filter((one) => one.id !== id)
  const all = notification ? [notification, ...others] : others
  return { ...state, notifications: all.sort((a, b) => b.at.localeCompare(a.at)).slice(0, UNREAD_LIMIT) }
}
