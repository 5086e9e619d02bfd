/** What views ask for (messages.ts, Command). A decision goes to the desk at once; everything else asks somebody, and comes back as an input and a result. */
import type { Command, FromView, Panel } from '../utils/messages.ts'
import { RingsideError, type RouteName, type ThreadDetail } from '../utils/protocol/index.ts'
import type { Cache } from './cache.ts'
import type { Desk } from './desk.ts'
import type { Line } from './line.ts'
import type { Outbox } from './outbox.ts'
import type { Surface } from './ports.ts'
import type { Sites } from './sites.ts'
import type { Session } from './state.ts'
import { canAnswer } from './step-decision.ts'

export interface CommandParts {
  desk: Pick<Desk, 'dispatch' | 'state' | 'ready'>
  line: Pick<Line, 'call' | 'recording'>
  cache: Cache
  outbox: Outbox
  sites: Pick<Sites, 'list' | 'allow' | 'remove'>
  signIn(link: string): Promise<Session>
  report(): Promise<string>
  readCached(threadId: string): Promise<ThreadDetail | undefined>
  newId(): string
  hidden(): Promise<string[]>
  unhide(origin: string): void
  openMicrophone(): void
}

/** Runs a command. Rejects with RingsideError. */
export function createCommands(parts: CommandParts): (command: FromView['command'], surface?: Surface) => Promise<unknown> {
  const { desk, line, cache, outbox, sites } = parts

  async function signOut(): Promise<void> {
    await outbox.resume().catch(() => undefined)
    // Best effort: a companion that cannot be reached must not keep anybody signed in here.
    await line.call('signOut', { path: {}, body: {} }).catch(() => undefined)
    desk.dispatch({ type: 'signed-out', failure: null })
  }

  async function openPanel(threadId: string | null): Promise<void> {
    const held = desk.state().call
    const wanted = threadId ?? held?.call.threadId ?? null
    if (!wanted) throw new RingsideError('not_found')
    const callId = held?.call.threadId === wanted ? held.call.id : null
    const cached = await parts.readCached(wanted).catch(() => undefined)
    desk.dispatch({
      type: 'panel-opened',
      panel: { threadId: wanted, thread: cached ?? null, note: await findNote(wanted, callId, cached), failure: null },
    })
    const detail = await readThread(wanted)
    // The note may have been begun in another browser of this user. What is typed here meanwhile stays: nothing is awaited between the look and the change.
    const note = await findNote(wanted, callId, detail)
    const { panel } = desk.state()
    const untouched = panel?.threadId === wanted && panel.note.text === '' && panel.note.state === 'empty'
    if (untouched && note.state !== 'empty') desk.dispatch({ type: 'panel-opened', panel: { ...panel, thread: detail, note } })
  }

  /** The note of this call by this user: as kept here, else as the companion has it, else a new one. */
  async function findNote(threadId: string, callId: string | null, detail: ThreadDetail | undefined): Promise<Panel['note']> {
    const kept = callId === null ? undefined : await outbox.find(threadId, callId).catch(() => undefined)
    if (kept) return { noteId: kept.noteId, text: kept.text, state: kept.revision > kept.sentRevision ? 'waiting' : 'saved' }
    const me = desk.state().me?.user.id
    const theirs = detail?.entries.find(
      (entry) => entry.type === 'note' && callId !== null && entry.callId === callId && entry.author?.id === me,
    )
    if (theirs?.type === 'note') return { noteId: theirs.id, text: theirs.text, state: 'saved' }
    return { noteId: parts.newId(), text: '', state: 'empty' }
  }

  async function readThread(threadId: string): Promise<ThreadDetail> {
    try {
      const detail = await line.call('readThread', { path: { threadId }, body: null })
      desk.dispatch({ type: 'thread-read', detail })
      await cache.putThread(detail).catch(() => undefined)
      return detail
    } catch (error) {
      const cached = await parts.readCached(threadId).catch(() => undefined)
      if (cached && error instanceof RingsideError && error.code === 'companion_unreachable') return cached
      desk.dispatch({ type: 'panel-failed', threadId, failure: { code: error instanceof RingsideError ? error.code : 'internal' } })
      throw error
    }
  }

  async function writeNote({ threadId, noteId, text }: Extract<Command, { type: 'write-note' }>): Promise<void> {
    const { panel, call } = desk.state()
    const callId = panel?.note.noteId === noteId && call?.call.threadId === threadId ? call.call.id : null
    desk.dispatch({ type: 'note-written', noteId, text, state: 'saving', failure: null })
    try {
      await outbox.write({ noteId, threadId, callId, text })
    } catch (error) {
      const failure = { code: error instanceof RingsideError ? error.code : ('cache_failed' as const) }
      desk.dispatch({ type: 'note-written', noteId, text: null, state: 'waiting', failure })
      throw error
    }
  }

  /** What the routes' schemas make of it is the companion's to judge: the message carries plain JSON. */
  function ask({ route, params, query, body }: Extract<Command, { type: 'ask' }>): Promise<unknown> {
    const call = line.call as (name: RouteName, parameters: object) => Promise<unknown>
    return call(route, { path: params, body: body ?? null, ...(query && { query }) })
  }

  async function run(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'sign-in':
        desk.dispatch({ type: 'signed-in', session: await parts.signIn(command.link) })
        return null
      case 'sign-out':
        return signOut()
      case 'set-wanted':
        desk.dispatch({ type: 'me-read', me: await line.call('setWanted', { path: {}, body: { wanted: command.wanted } }) })
        return null
      case 'open-microphone':
        if (canAnswer(desk.state(), command.callId)) parts.openMicrophone()
        return null
      case 'open-panel':
        return openPanel(command.threadId)
      case 'write-note':
        return writeNote(command)
      case 'read-thread':
        return readThread(command.threadId)
      case 'list-owners':
        return line.call('listOwners', { path: { threadId: command.threadId }, body: null })
      case 'set-owner': {
        const { threadId, ownerId } = command
        await cache.putThreads([await line.call('setOwner', { path: { threadId }, body: { ownerId } })], null)
        return null
      }
      case 'read-recording':
        return encode(await line.recording(command.recordingId))
      case 'clear-notification':
        desk.dispatch({ type: 'notification-cleared', notificationId: command.notificationId })
        await line.call('clearNotification', { path: { notificationId: command.notificationId }, body: null })
        return null
      case 'list-sites':
        return { sites: await sites.list(), hidden: await parts.hidden() }
      case 'show-tab':
        parts.unhide(command.origin)
        return null
      case 'site-allowed':
        parts.unhide(command.origin)
        return sites.allow(command.origin)
      case 'site-removed':
        return sites.remove(command.origin)
      case 'ask':
        return ask(command)
      case 'copy-report':
        return { report: await parts.report() }
      default:
        desk.dispatch({ type: 'decided', decision: command })
        return null
    }
  }

  return async (command, surface) => {
    // An admin's acts are those of the desk page: what sits in a stranger's page never asks for them.
    if (adminsOnly.has(command.type) && surface !== 'desk') throw new RingsideError('not_allowed')
    await desk.ready
    return run(command)
  }
}

const adminsOnly = new Set<Command['type']>(['ask', 'listen', 'stop-listening'])

/** A voicemail's sound as ports carry it: plain JSON. */
async function encode(sound: Blob): Promise<{ base64: string; mime: string }> {
  const bytes = new Uint8Array(await sound.arrayBuffer())
  let text = ''
  // In pieces: a spread of the whole would overflow the stack.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return { base64: btoa(text), mime: sound.type || 'audio/wav' }
}
