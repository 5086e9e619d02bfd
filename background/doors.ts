/**
 * The desk's side of the overlay: the doors in the pages of allowed sites, and the lines of the iframes that they mount. Tells each door
 * what to show, decides which iframes are ours, carries what an iframe wants for its box to the door around it, and takes in what pages
 * say they list. A page may be hostile, so all of that is parsed, capped and rate-limited.
 */
import { type FromDoor, FromDoor as FromDoorSchema, FromFrame, type Snapshot, type ToDoor } from '../utils/messages.ts'
import type { Contact } from '../utils/protocol/index.ts'
import { createFinder, ofSite, trusted } from './door-contacts.ts'
import type { Arrangement, DoorKeep } from './door-keep.ts'
import { admit, type FrameSender, type Nonces, nonceIn } from './door-nonces.ts'
import { frameFor, showFor } from './door-show.ts'

/** As much of a browser's port as is used here. */
export interface DoorPort {
  name: string
  sender?: FrameSender | undefined
  postMessage(message: unknown): void
  disconnect(): void
  onMessage: { addListener(hear: (message: unknown) => void): void }
  onDisconnect: { addListener(gone: () => void): void }
}

export interface DoorsOptions {
  keep: DoorKeep
  words(key: string): string
  allows(origin: string): Promise<boolean>
  /** The edge tab was pressed in this tab. */
  pressed(tabId: number): void
  /** Contacts that a page of this site shows; the first is the open record, where there is one. */
  seen(contacts: Contact[], site: string): void
  /** The pilot cannot be shown in this tab: fall back. */
  frameFailed(tabId: number): void
}

export interface Doors {
  /** Takes ports named `door` and `frame`; false for all others. */
  connect(port: DoorPort): boolean
  /** Whether a `view:pilot` port may be served: its iframe was mounted by our own door. */
  admits(sender: FrameSender | undefined): Promise<boolean>
  show(snapshot: Snapshot): void
  /** Whether a door of this tab is on the line. */
  has(tabId: number): boolean
  /** Has every open page read now; what is new comes by `seen`. */
  read(): void
  /** Asks the CRMs that can be asked. Null after 400 ms. */
  find(number: string): Promise<Contact | null>
  /** Sites that are no longer allowed: their doors leave. */
  close(origins: string[]): void
  /** Origins on which the person hid the tab. */
  hidden(): Promise<string[]>
  /** Shows the tab again where it was hidden. */
  unhide(origin: string): void
}

interface Door {
  port: DoorPort
  tabId: number
  origin: string
  nonce: string
  finds: boolean
  /** False until it said what is mounted. */
  open: boolean
  /** What it was told last, as JSON. */
  told: string
  budget: { left: number; at: number }
}

/** Messages from one page within ten seconds; more are not heard. */
const budget = 60

export function createDoors({ keep, words, allows, pressed, seen, frameFailed }: DoorsOptions): Doors {
  const doors = new Set<Door>()
  const finder = createFinder()
  let snapshot: Snapshot | null = null
  let nonces: Nonces = {}
  let arrangement: Arrangement = { places: { tab: null, pilot: null }, hiddenOn: [] }
  const loaded = keep.load().then((kept) => {
    nonces = kept.nonces
    arrangement = kept.arrangement
  })

  function tell(door: Door): void {
    if (!snapshot || !door.open) return
    if (!frameFor(snapshot)) revoke(door)
    else if (!nonces[door.nonce]) mint(door)
    const { document, height } = nonces[door.nonce] ?? { document: null, height: null }
    const hidden = arrangement.hiddenOn.includes(door.origin)
    const facts = { nonce: door.nonce, ready: document !== null, height, hidden, places: arrangement.places }
    const message = showFor(snapshot, facts, words)
    const now = JSON.stringify(message)
    if (now === door.told) return
    door.told = now
    post(door, message)
  }

  function mint(door: Door): void {
    door.nonce = crypto.randomUUID()
    nonces[door.nonce] = { tabId: door.tabId, document: null, height: null }
    keep.keepNonces(nonces)
  }

  /** What was mounted with this tab's nonces may not speak any more, but for `except`. */
  function revoke(door: Door, except = ''): void {
    const others = Object.keys(nonces).filter((nonce) => nonces[nonce]?.tabId === door.tabId && nonce !== except)
    for (const nonce of others) delete nonces[nonce]
    if (others.length > 0) keep.keepNonces(nonces)
    if (door.nonce !== except) door.nonce = ''
  }

  const post = (door: Door, message: ToDoor) => {
    // A port whose page went away a moment ago throws.
    try {
      door.port.postMessage(message)
    } catch {
      doors.delete(door)
    }
  }

  function hear(door: Door, message: FromDoor): void {
    if (message.type === 'mounted') {
      door.finds = message.finds
      // A desk that was stopped comes back to an iframe that is still there; a nonce of another tab, or none, means a fresh mount.
      const nonce = message.nonce !== null && nonces[message.nonce]?.tabId === door.tabId ? message.nonce : ''
      revoke(door, nonce)
      door.nonce = nonce
      door.told = ''
      door.open = true
      tell(door)
    } else if (message.type === 'seen') seen(trusted(message, door.origin), door.origin)
    else if (message.type === 'found') finder.found(door, message.id, message.contact && ofSite(message.contact, door.origin))
    else if (message.type === 'tab-pressed') pressed(door.tabId)
    else if (message.type === 'frame-failed') frameFailed(door.tabId)
    else if (message.type === 'tab-moved') arrange({ places: { ...arrangement.places, tab: message.y } })
    else if (message.type === 'pilot-moved') arrange({ places: { ...arrangement.places, pilot: { x: message.x, y: message.y } } })
    else arrange({ hiddenOn: [...new Set([...arrangement.hiddenOn, door.origin])] })
  }

  function arrange(change: Partial<Arrangement>): void {
    arrangement = { ...arrangement, ...change }
    keep.keepArrangement(arrangement)
    for (const door of doors) tell(door)
  }

  function connectDoor(port: DoorPort): void {
    const { tab, frameId, url } = port.sender ?? {}
    if (tab?.id === undefined || frameId !== 0 || !url || !/^https?:/.test(url)) {
      port.disconnect()
      return
    }
    const { origin } = new URL(url)
    const door: Door = { port, tabId: tab.id, origin, nonce: '', finds: false, open: false, told: '', budget: { left: budget, at: 0 } }
    const admitted = Promise.all([allows(origin), loaded]).then(([allowed]) => {
      if (allowed) doors.add(door)
      else port.postMessage({ type: 'close' } satisfies ToDoor)
    })
    port.onMessage.addListener((message) => {
      if (!affordable(door)) return
      const parsed = FromDoorSchema.safeParse(message)
      if (parsed.success) void admitted.then(() => doors.has(door) && hear(door, parsed.data))
    })
    port.onDisconnect.addListener(() => {
      doors.delete(door)
      // Only its own: after a reload the next page's door may have spoken before this is heard.
      delete nonces[door.nonce]
      keep.keepNonces(nonces)
    })
  }

  function connectFrame(port: DoorPort): void {
    const admitted = admits(port.sender)
    const around = () => [...doors].find(({ nonce }) => nonce === nonceIn(port.sender ?? {}))
    void admitted.then((ours) => {
      const door = around()
      if (!ours) port.disconnect()
      else if (door) tell(door)
    })
    port.onMessage.addListener(async (message) => {
      const parsed = FromFrame.safeParse(message)
      const door = (await admitted) && parsed.success ? around() : undefined
      if (!door || !parsed.data) return
      const nonce = nonces[door.nonce]
      if (parsed.data.type !== 'fit') post(door, parsed.data)
      else if (nonce) {
        nonce.height = parsed.data.height
        tell(door)
      }
    })
  }

  async function admits(sender: FrameSender | undefined): Promise<boolean> {
    await loaded
    if (!sender || !admit(nonces, sender)) return false
    keep.keepNonces(nonces)
    return true
  }

  return {
    connect(port) {
      if (port.name === 'door') connectDoor(port)
      else if (port.name === 'frame') connectFrame(port)
      else return false
      return true
    },
    admits,
    show(next) {
      snapshot = next
      for (const door of doors) tell(door)
    },
    has: (tabId) => [...doors].some((door) => door.tabId === tabId),
    read() {
      for (const door of doors) post(door, { type: 'read' })
    },
    find(number) {
      const able = [...doors].filter(({ finds }) => finds)
      return finder.find(number, able, (door, id) => post(door, { type: 'find', id, number }))
    },
    close(origins) {
      for (const door of doors) if (origins.includes(door.origin)) post(door, { type: 'close' })
    },
    hidden: () => loaded.then(() => arrangement.hiddenOn),
    unhide(origin) {
      arrange({ hiddenOn: arrangement.hiddenOn.filter((each) => each !== origin) })
    },
  }
}

function affordable(door: Door): boolean {
  const now = Date.now()
  if (now - door.budget.at > 10_000) door.budget = { left: budget, at: now }
  return door.budget.left-- > 0
}
