/** What a browser missed, in frames that a slow line carries one by one: it keeps each as it comes, and goes on from there when the line breaks. */
import type { Event } from '../../utils/protocol/index.ts'

/** An event in the form in which it travels: `{"seq":…,"event":…}`, made once for all sockets. */
export interface Message {
  seq: number
  json: string
}

export const toMessage = ({ seq, event }: { seq: number; event: Event }): Message => ({ seq, json: JSON.stringify({ seq, event }) })

/** All of (`from`, `upTo`] that is for one user. */
export interface Page {
  from: number
  upTo: number
  messages: readonly Message[]
}

/** A frame may be longer only where a single event is. At 4 kB/s it still comes before the browser takes the line for dead. Characters. */
const PAGE = 64 * 1024

/** Cuts a stretch into pages that follow each other without a gap; one at least. */
export function pagesOf({ from, upTo, messages }: Page, most = PAGE): Page[] {
  const pages: Message[][] = [[]]
  let length = 0
  for (const message of messages) {
    if (length > 0 && length + message.json.length > most) {
      pages.push([])
      length = 0
    }
    length += message.json.length
    pages.at(-1)?.push(message)
  }
  return pages.map((page, index) => ({
    from: index === 0 ? from : (pages[index - 1]?.at(-1)?.seq ?? from),
    upTo: index === pages.length - 1 ? upTo : (page.at(-1)?.seq ?? upTo),
    messages: page,
  }))
}

/** Leaves out what a later event of the same entry or thread makes old: each carries the whole of it. */
export function newest<T extends { event: Event }>(events: readonly T[]): T[] {
  const seen = new Set<string>()
  const subject = ({ event }: T) =>
    event.type === 'entry-changed' ? event.entry.id : event.type === 'thread-changed' ? event.thread.id : undefined
  return events
    .toReversed()
    .filter((each) => {
      const id = subject(each)
      if (id === undefined) return true
      const first = !seen.has(id)
      seen.add(id)
      return first
    })
    .toReversed()
}
