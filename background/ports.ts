/** Who may talk to the desk. A sender is judged by what the browser says of it, never by what it says of itself. */
import { browser } from '../utils/browser.ts'
import { type Failure, FromView, type PortName, type Snapshot, type ToView } from '../utils/messages.ts'

export type Port = ReturnType<typeof browser.runtime.connect>
export type Surface = 'pilot' | 'popup' | 'desk'

/** What the browser says of a port’s other end. */
export interface Sender {
  id?: string
  url?: string
  origin?: string
  tab?: { id?: number }
}

/**
 * Whether this sender may open a port of this name. Views and the voice page are pages of the extension; the door is a script of ours in a page of
 * somebody else, so an extension page that says `door`, or a web page's script that says `view:desk`, is refused.
 */
export function mayConnect(name: string, sender: Sender | undefined, own: { id: string; origin: string }): name is PortName {
  if (!sender || sender.id !== own.id) return false
  const fromUs = sender.url?.startsWith(`${own.origin}/`) === true || sender.origin === own.origin
  if (name === 'door') return !fromUs && sender.tab !== undefined
  if (name === 'frame') return fromUs && sender.tab !== undefined
  if (!fromUs) return false
  if (name === 'voice') return sender.url === `${own.origin}/voice.html` && sender.tab === undefined
  return name === 'view:pilot' || name === 'view:popup' || name === 'view:desk'
}

export interface PortHandlers {
  view(port: Port, surface: Surface): void
  voice(port: Port): void
  door(port: Port): void
}

/** `door` gets the doors and the frames that they mount. Listens for all ports, from the first turn on. */
export function listenForPorts(handlers: PortHandlers): void {
  const own = { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('')).origin }
  // Firefox and the polyfill give no origin for extension schemes: take it from the address.
  if (own.origin === 'null') own.origin = browser.runtime.getURL('').replace(/\/$/, '')
  browser.runtime.onConnect.addListener((port) => {
    if (!mayConnect(port.name, port.sender, own)) return port.disconnect()
    if (port.name === 'voice') return handlers.voice(port)
    if (port.name === 'door' || port.name === 'frame') return handlers.door(port)
    handlers.view(port, port.name.slice('view:'.length) as Surface)
  })
}

export interface Views {
  /** Serves a view once `admitted` resolves with true (a pilot's frame must be one that our own door mounted). */
  add(port: Port, surface: Surface, admitted: Promise<boolean>): void
  /** Shows a snapshot to every view, and to each that comes later. The same one again is not sent. */
  show(snapshot: Snapshot): void
}

export interface ViewsParts {
  run(command: FromView['command'], surface: Surface): Promise<unknown>
  failure(error: unknown): Failure
  /** Somebody looks. */
  onOpened(): void
}

/**
 * Milliseconds. Views hear of a burst of changes at once and a moment later: in the browser they share a thread with the voice page, and a call that
 * connects comes before its picture.
 */
const TOGETHER = 30
/** After a press on Answer: until the SDK has its offer, which takes the thread for some 40 ms. Nobody sees a button answer later than after 100. */
const WHILE_CLAIMING = 60

export function createViews({ run, failure, onOpened }: ViewsParts): Views {
  const ports = new Set<Port>()
  let last: ToView | null = null
  let lastText = ''
  /** Until the views were shown what is true now. */
  let telling: Promise<void> | null = null

  function post(port: Port, message: ToView | null): void {
    // A port whose page went away a moment ago throws.
    try {
      port.postMessage(message)
    } catch {
      ports.delete(port)
    }
  }

  const tell = (after: number) =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        telling = null
        for (const port of ports) post(port, last)
        resolve()
      }, after)
    })

  async function answer(port: Port, surface: Surface, message: unknown): Promise<void> {
    const said = FromView.safeParse(message)
    if (!said.success) return
    const { id, command } = said.data
    const reply: ToView = await run(command, surface).then(
      (result) => ({ type: 'done', id, result }),
      (error: unknown) => ({ type: 'failed', id, failure: failure(error) }),
    )
    // A command's result never comes before what it changed.
    await telling
    // The view may have closed meanwhile.
    if (ports.has(port)) post(port, reply)
  }

  return {
    add(port, surface, admitted) {
      let gone = false
      port.onDisconnect.addListener(() => {
        gone = true
        ports.delete(port)
      })
      // Attached at once: what a view says before it is admitted waits, and is not heard where it is refused.
      port.onMessage.addListener((message: unknown) => void admitted.then((ours) => (ours ? answer(port, surface, message) : undefined)))
      void admitted.then((ours) => {
        if (!ours) return port.disconnect()
        if (gone) return
        ports.add(port)
        if (last) post(port, last)
        onOpened()
      })
    },
    show(snapshot) {
      const text = JSON.stringify(snapshot)
      if (text === lastText) return
      lastText = text
      last = { type: 'snapshot', snapshot }
      telling ??= tell(snapshot.call?.phase === 'claiming' ? WHILE_CLAIMING : TOGETHER)
    },
  }
}
