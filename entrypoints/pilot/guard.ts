/**
 * Answer, decline and hang up count only when the person can see them (DESIGN 7.1). The page around the iframe cannot press our buttons by
 * script (`isTrusted`), but it can lay something over them, or make them invisible, and let the person's own click fall through. So the whole
 * of the iframe must have been seen for half a second: IntersectionObserver v2 asks the browser whether anything covers, dims or distorts it.
 * Firefox has no v2: there the style of our host (entrypoints/overlay/host.ts) is the defence.
 */

/** Why a press does not count: it came before anybody could have read what the button does, or something lay over it. */
export type Refusal = 'early' | 'covered'

export interface Guard {
  /** Why this press does not count; null where it does. Keyboard presses are clicks too and are held to the same. */
  refuses(event: Event): Refusal | null
  stop(): void
}

interface GuardOptions {
  /** Called when something covers us: asks to be brought to the top again (utils/frame.ts). */
  raise(): void
}

/** Milliseconds that it must have been seen. */
export const seenFor = 500
/** Milliseconds between new observers while we are not seen. An observer that said no once may say so for ever, after a mere hide and show. */
const askAgain = 400

export function createGuard({ raise }: GuardOptions): Guard {
  const exact = 'isVisible' in IntersectionObserverEntry.prototype
  let observer: IntersectionObserver | null = null
  let since: number | null = null
  let unseenSince: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function ask(): void {
    observer?.disconnect()
    // The browser takes no shorter delay than 100 ms for visibility.
    observer = new IntersectionObserver(heard, { trackVisibility: true, delay: 100 } as IntersectionObserverInit)
    observer.observe(document.body)
  }

  function heard(entries: IntersectionObserverEntry[]): void {
    const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined
    const seen = last?.isIntersecting === true && (!exact || last.isVisible === true)
    clearTimeout(timer)
    if (seen) {
      since ??= performance.now()
      unseenSince = null
      return
    }
    since = null
    unseenSince ??= performance.now()
    if (document.visibilityState === 'visible') raise()
    timer = setTimeout(ask, askAgain)
  }

  ask()
  return {
    refuses(event) {
      const lasted = (from: number | null) => from !== null && performance.now() - from >= seenFor
      if (event.isTrusted && lasted(since)) return null
      // What comes up is unseen for a moment, too.
      return lasted(unseenSince) ? 'covered' : 'early'
    },
    stop() {
      clearTimeout(timer)
      observer?.disconnect()
    },
  }
}
