import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { AdminRouteName, Failure } from '../../utils/messages.ts'
import { type Ask, type Body, failureOf, type Reply } from './ask.ts'

export interface Asked<T> {
  /** Null until the first answer. */
  data: T | null
  failure: Failure | null
  again: () => void
  set: (data: T) => void
}

/** Asks a route when the component appears, and again on demand; what was there stays until the new answer comes. */
export function useAsked<N extends AdminRouteName>(ask: Ask, route: N, params: Record<string, string> = {}): Asked<Reply<N>> {
  const [data, set] = useState<Reply<N> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const run = useRef(0)
  const key = JSON.stringify(params)
  const again = useCallback(() => {
    const mine = ++run.current
    ask(route, JSON.parse(key) as Record<string, string>, null as Body<N>).then(
      (reply) => {
        if (mine !== run.current) return
        set(() => reply)
        setFailure(null)
      },
      (error: unknown) => mine === run.current && setFailure(failureOf(error)),
    )
  }, [ask, route, key])
  useEffect(again, [again])
  return { data, failure, again, set: (next) => set(() => next) }
}

/** One act at a time: whether it goes on, and why it failed. */
export function useAct(): {
  busy: boolean
  failure: Failure | null
  act: (work: () => Promise<unknown>) => Promise<boolean>
  clear: () => void
} {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  return {
    busy,
    failure,
    clear: () => setFailure(null),
    async act(work) {
      setBusy(true)
      setFailure(null)
      try {
        await work()
        return true
      } catch (error) {
        setFailure(failureOf(error))
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
