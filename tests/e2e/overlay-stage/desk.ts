/** The background of the overlay's tests: the real doors and sites, a snapshot that the test sets, and a note of all that was heard. */
import { browserKeep } from '../../../background/door-keep.ts'
import { createDoors, type DoorPort } from '../../../background/doors.ts'
import { createSites } from '../../../background/sites.ts'
import { browser } from '../../../utils/browser.ts'
import { type FromView, FromView as FromViewSchema, type Snapshot } from '../../../utils/messages.ts'
import type { Contact } from '../../../utils/protocol/index.ts'

export interface Stage {
  show(snapshot: Snapshot): Promise<void>
  read(): void
  find(number: string): Promise<Contact | null>
  remove(origin: string): Promise<void>
  heard: { pressed: number; commands: FromView['command'][]; seen: Contact[]; failed: number; refused: number }
}

const heard: Stage['heard'] = { pressed: 0, commands: [], seen: [], failed: 0, refused: 0 }
const views = new Set<DoorPort>()
let snapshot: Snapshot | null = null

const sites = createSites({ removed: (origins) => doors.close(origins), hasDoor: (tabId) => doors.has(tabId) })
const doors = createDoors({
  keep: browserKeep,
  words: (key) => browser.i18n.getMessage(key),
  allows: sites.allows,
  pressed: () => heard.pressed++,
  seen: (contacts) => {
    heard.seen = contacts
  },
  frameFailed: () => heard.failed++,
})

browser.runtime.onConnect.addListener((connected) => {
  const port = connected as unknown as DoorPort
  if (doors.connect(port)) return
  void (port.name === 'view:pilot' ? doors.admits(port.sender) : Promise.resolve(true)).then((admitted) => {
    if (!admitted) {
      heard.refused++
      port.disconnect()
      return
    }
    views.add(port)
    port.onDisconnect.addListener(() => views.delete(port))
    if (snapshot) port.postMessage({ type: 'snapshot', snapshot })
  })
  port.onMessage.addListener(async (message) => {
    const { id, command } = FromViewSchema.parse(message)
    if (command.type === 'site-allowed') await sites.allow(command.origin)
    else heard.commands.push(command)
    port.postMessage({ type: 'done', id, result: null })
  })
})

const stage: Stage = {
  async show(next) {
    snapshot = next
    await browser.storage.session.set({ snapshot })
    doors.show(next)
    for (const port of views) port.postMessage({ type: 'snapshot', snapshot })
  },
  read: doors.read,
  find: doors.find,
  remove: sites.remove,
  heard,
}
Object.assign(globalThis, { stage })

// Without a listener an updated extension would not start its worker.
browser.runtime.onInstalled.addListener(() => {})

// A worker that was stopped comes back to the last snapshot, as the desk does.
void browser.storage.session.get('snapshot').then((kept) => {
  snapshot ??= (kept.snapshot as Snapshot | undefined) ?? null
  if (snapshot) doors.show(snapshot)
  void sites.sync()
})
