/**
 * A view's line to the desk: one snapshot down, commands up. The port dies with the desk's worker and is opened again, which also wakes it.
 * A command that is said while no port is open waits for one; one that was under way when the port died is not repeated, because nobody
 * knows whether it was heard: its promise fails and the next snapshot tells the truth.
 */
import { type Signal, signal } from '@preact/signals'
import { browser } from './browser.ts'
import type { Command, Failure, FromView, PortName, Snapshot, ToView } from './messages.ts'

export type ViewName = Extract<PortName, `view:${string}`>

/** Why a command did not succeed. Not RingsideError: that would bring the whole schema library into every view. */
export class Failed extends Error {
  readonly failure: Failure
  /** False where the desk went away before it answered: the command may have been done or not. */
  readonly heard: boolean

  constructor(failure: Failure, heard = true) {
    super(failure.code)
    this.name = 'Failed'
    this.failure = failure
    this.heard = heard
  }
}

export interface View {
  /** Null until the desk has spoken for the first time. */
  snapshot: Signal<Snapshot | null>
  /** The command's result as `messages.ts` gives it. Rejects with Failed. */
  send: (command: Command) => Promise<unknown>
}

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Failed) => void
}

/** Milliseconds before the port is opened again: at once first, then slower, so that a desk that cannot start is not hammered. */
const delays = [0, 100, 300, 1000, 3000]

export function connectView(name: ViewName): View {
  const snapshot = signal<Snapshot | null>(null)
  const underWay = new Map<string, Waiting>()
  let queue: FromView[] = []
  let port: ReturnType<typeof browser.runtime.connect> | null = null
  let tries = 0

  function open(): void {
    try {
      port = browser.runtime.connect({ name })
    } catch {
      openLater()
      return
    }
    port.onMessage.addListener((message) => hear(message as ToView))
    port.onDisconnect.addListener(() => {
      port = null
      for (const waiting of underWay.values()) waiting.reject(new Failed({ code: 'internal' }, false))
      underWay.clear()
      openLater()
    })
    const held = queue
    queue = []
    for (const item of held) post(item)
  }

  function openLater(): void {
    // An extension that was updated or removed takes its pages with it; until then they can do nothing more.
    if (!browser.runtime?.id) return
    setTimeout(open, delays[Math.min(tries++, delays.length - 1)])
  }

  function hear(message: ToView): void {
    tries = 0
    if (message.type === 'snapshot') {
      snapshot.value = message.snapshot
      return
    }
    const waiting = underWay.get(message.id)
    underWay.delete(message.id)
    if (message.type === 'done') waiting?.resolve(message.result)
    else waiting?.reject(new Failed(message.failure))
  }

  function post(item: FromView): void {
    if (port) port.postMessage(item)
    else queue.push(item)
  }

  function send(command: Command): Promise<unknown> {
    const id = crypto.randomUUID()
    return new Promise((resolve, reject) => {
      underWay.set(id, { resolve, reject })
      post({ id, command })
    })
  }

  open()
  return { snapshot, send }
}
