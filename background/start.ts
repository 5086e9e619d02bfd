/**
 * Puts the desk together. Every listener is attached before the first await: an event that woke the worker is delivered only to listeners
 * of its first turn.
 */
import { browser } from '../utils/browser.ts'
import { readThread } from '../utils/cache.ts'
import { cacheDatabase } from '../utils/cache-database.ts'
import { toFailure } from '../utils/failure.ts'
import { words } from '../utils/words.ts'
import { createAlerts } from './alerts.ts'
import { createCache } from './cache.ts'
import { createCommands } from './commands.ts'
import { contacts, recognised } from './contacts.ts'
import { createDesk, type Desk, keptState, saveState } from './desk.ts'
import { createJournal, report } from './diagnostics.ts'
import { browserKeep } from './door-keep.ts'
import { createDoors } from './doors.ts'
import { createEffects } from './effects.ts'
import { browserId, keepDevices, keptDevices, microphoneGrant } from './keep.ts'
import { createLine } from './line.ts'
import { browserAlerts, listenForPresses } from './notifications.ts'
import { openDeskPage, openPopup } from './open.ts'
import { createOutbox } from './outbox.ts'
import { createViews, listenForPorts } from './ports.ts'
import { forgetSession, keptSession, resumeSession, signIn } from './session.ts'
import { createSites } from './sites.ts'
import { nextTick } from './step-tick.ts'
import { createTicks } from './ticks.ts'
import { browserUpdates, createUpdates } from './updates.ts'
import { view } from './view.ts'
import { createVoiceHost } from './voice-host.ts'
import { voicePage } from './voice-page.ts'
import { facts, ringWanted, voiceWanted } from './wants.ts'

export function start(): void {
  const version = browser.runtime.getManifest().version
  const now = () => Date.now()
  const journal = createJournal()
  const onFailure = (error: unknown) => {
    journal.failed(error, now())
    // The one failure in the background that a person must act on: space on the disk.
    const failure = toFailure(error)
    if (failure.code === 'cache_failed') desk.dispatch({ type: 'failed', failure })
  }
  const cache = createCache()
  // The parts speak to the desk, and the desk to the parts.
  const desk: Desk = createDesk({
    now,
    save: saveState,
    act(effect) {
      // One act that fails does not take the others with it.
      try {
        act(effect)
      } catch (error) {
        onFailure(error)
      }
    },
    note: (input, before, after) => journal.note(input, before, after, now()),
    show(state) {
      const snapshot = view(state)
      views.show(snapshot)
      doors.show(snapshot)
      alerts.show(snapshot)
      voice.want(voiceWanted(state))
      voice.ring(ringWanted(state))
      line.tell(facts(state))
      ticks.at(nextTick(state))
      updates.at(state)
    },
  })
  const line = createLine({
    session: () => desk.state().session,
    facts: () => facts(desk.state()),
    ringing: () => desk.state().offers.length > 0,
    resume: resumeSession,
    dispatch(input) {
      desk.dispatch(input)
      if (input.type === 'frame-received' && input.frame.type === 'welcome') void outbox.resume().catch(onFailure)
    },
    cache,
    version,
    browserId,
    onFailure,
  })
  const voice = createVoiceHost({
    page: voicePage(),
    onSaid: (said) => desk.dispatch({ type: 'voice-said', said }),
    onGone: (failure) => desk.dispatch({ type: 'voice-gone', failure }),
  })
  const outbox = createOutbox({
    author() {
      const { session, me } = desk.state()
      return session ? (session.userId ?? me?.user.id ?? null) : null
    },
    send: ({ threadId, noteId, text, revision, callId }) =>
      line.call('writeNote', { path: { threadId, noteId }, body: { text, revision, callId } }),
    onState: (noteId, state, failure) => desk.dispatch({ type: 'note-written', noteId, text: null, state, failure }),
    onSent: (entry) => void cache.apply([{ type: 'entry-changed', entry }], null).catch(onFailure),
    onCount: (unsent) => desk.dispatch({ type: 'outbox-counted', unsent }),
  })
  const sites = createSites({
    removed(origins) {
      doors.close(origins)
      void contacts.forget(origins).catch(onFailure)
    },
    hasDoor: (tabId) => doors.has(tabId),
  })
  const doors = createDoors({
    keep: browserKeep,
    words,
    allows: sites.allows,
    pressed: () => void pressed().catch(onFailure),
    seen(list, site) {
      for (const { number, contact } of recognised(desk.state(), list)) desk.dispatch({ type: 'contact-matched', number, contact })
      void contacts.put(list, site, now()).catch(onFailure)
    },
    frameFailed: () => void openPopup().catch(onFailure),
  })
  const act = createEffects({
    desk: () => desk,
    line,
    cache,
    contacts,
    voice,
    browserId,
    read: doors.read,
    find: doors.find,
    keepDevices,
    forgetSession,
    onFailure,
  })
  const run = createCommands({
    desk,
    line,
    cache,
    outbox,
    sites,
    signIn,
    readCached: readThread,
    newId: () => crypto.randomUUID(),
    hidden: doors.hidden,
    unhide: doors.unhide,
    openMicrophone: () => voice.say({ type: 'open-microphone' }),
    report: async () =>
      report({ state: desk.state(), lines: journal.lines(), version, userAgent: navigator.userAgent, now: now(), counts: await counts() }),
  })
  const views = createViews({
    run,
    failure: (error) => {
      journal.failed(error, now())
      return toFailure(error)
    },
    onOpened: () => desk.dispatch({ type: 'line-wanted' }),
  })
  const alerts = createAlerts(browserAlerts(words))
  const updates = createUpdates(browserUpdates)
  const ticks = createTicks(
    () => desk.dispatch({ type: 'tick' }),
    () => desk.state().session !== null,
  )

  /** The tab at a page's edge opens the panel (OV6): of the call, or where none is, the place to look for a thread. */
  async function pressed(): Promise<void> {
    const { panel, call } = desk.state()
    if (panel) desk.dispatch({ type: 'decided', decision: { type: 'close-panel' } })
    else if (call?.call.threadId) await run({ type: 'open-panel', threadId: null })
    else await openPopup()
  }

  listenForPorts({
    view: (port, surface) => views.add(port, surface, surface === 'pilot' ? doors.admits(port.sender) : Promise.resolve(true)),
    voice: voice.attach,
    door: (port) => void doors.connect(port),
  })
  listenForPresses(
    (decision) => desk.dispatch({ type: 'decided', decision }),
    (id) => void openDeskPage(desk.state(), id).catch(onFailure),
  )
  // Waking is all that these are for: an agent who was available yesterday, or before an update, rings again without opening anything.
  browser.runtime.onStartup.addListener(() => desk.dispatch({ type: 'line-wanted' }))
  browser.runtime.onInstalled.addListener(() => desk.dispatch({ type: 'line-wanted' }))
  self.addEventListener('online', () => desk.dispatch({ type: 'line-wanted' }))
  void wake().catch(onFailure)

  async function wake(): Promise<void> {
    const [state, devices, microphone] = await Promise.all([keptState(), keptDevices(), microphoneGrant()])
    const session = state?.session ? null : await keptSession().catch(() => null)
    desk.dispatch({ type: 'woken', state, session, devices })
    if (microphone && microphone !== desk.state().microphone) desk.dispatch({ type: 'microphone-seen', microphone })
    await sites.sync()
  }
}

async function counts(): Promise<Record<string, number>> {
  const database = await cacheDatabase()
  const names = ['threads', 'entries', 'contacts', 'notes'] as const
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await database.count(name)] as const)))
}
