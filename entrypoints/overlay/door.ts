import type { FromDoor, ToDoor } from '../../utils/messages.ts'
import { crmOf } from './crm/index.ts'
import { watchRecords } from './crm/watch.ts'
import { createFrame, type Fallen, type Frame } from './frame.ts'
import { openLine } from './line.ts'
import { createTab } from './tab.ts'

declare global {
  /** In our isolated world only; the page does not see it. Closes the door that an earlier copy of this script opened. */
  var ringsideDoor: (() => void) | undefined
}

/** Opens the door in this page. A second run in the same page (the site was allowed again, the extension was updated) takes the place of the first. */
export function openDoor(): void {
  if (window !== window.top) return
  globalThis.ringsideDoor?.()
  const closing = new AbortController()
  const { signal } = closing
  globalThis.ringsideDoor = () => closing.abort()

  const crm = crmOf(document)
  const line = openLine({ signal, opened, hear, orphaned: () => closing.abort() })
  function opened(): void {
    report()
    records.start()
  }

  const say = (message: FromDoor) => line.say(message)
  const report = () => say({ type: 'mounted', nonce: frame?.nonce() ?? null, finds: crm.find !== undefined })
  const tab = createTab(signal, say)
  // Made when it is first needed: most pages that are opened in a day never see a call.
  let frame: Frame | null = null
  const makeFrame = () =>
    createFrame(signal, {
      fell: (how: Fallen) => (how.type === 'lost' ? report() : say({ type: 'frame-failed', tries: how.tries })),
      moved: (x, y) => say({ type: 'pilot-moved', x, y }),
    })
  const records = watchRecords(crm, signal, say)

  function hear(message: ToDoor): void {
    if (message.type === 'show') {
      line.keep(message.tab !== 'offline' || message.frame !== null)
      tab.show(message)
      if (message.frame) frame ??= makeFrame()
      frame?.show(message)
    } else if (message.type === 'close') closing.abort()
    else if (message.type === 'raise') frame?.raise()
    else if (message.type === 'move') frame?.moveBy(message)
    else if (message.type === 'read') records.read()
    else if (message.type === 'find') {
      const { id, number } = message
      crm.find?.(number).then(
        (contact) => say({ type: 'found', id, contact }),
        () => say({ type: 'found', id, contact: null }),
      )
    }
  }
}
