/** The scripted callers over HTTP, under /control/callers; described in switchboard/README.md. */
import type { Caller } from './caller.ts'
import type { Callers } from './callers.ts'
import { readDial, readPress, readRule } from './orders.ts'
import { type Answer, answerErrors, RequestError, type Route } from './route.ts'
import { pressKeys } from './script.ts'

const ok = (json: unknown): Answer => ({ status: 200, json })

const describe = (caller: Caller) => ({
  id: caller.id,
  direction: caller.direction,
  from: caller.from,
  to: caller.to,
  state: caller.state,
  callSid: caller.callSid ?? null,
  seconds: caller.seconds,
  hearing: caller.state === 'ended' ? null : caller.ear.now(),
  heardMs: Math.round(caller.ear.milliseconds),
  digitsHeard: caller.digitsHeard,
  end: caller.end ?? null,
})

const numberIn = (query: URLSearchParams, name: string): number | undefined => {
  const value = query.get(name)
  if (value === null) return undefined
  if (!/^\d+$/.test(value)) throw new RequestError(400, `${name} is a number of milliseconds.`)
  return Number(value)
}

export const callersApi = (callers: Callers): Route[] => {
  const find = (id: string | undefined): Caller => {
    const caller = callers.find(id ?? '')
    if (!caller) throw new RequestError(404, 'There is no such caller.')
    return caller
  }
  const routes: Route[] = [
    {
      method: 'POST',
      path: '/control/callers',
      handle: async ({ body }) => ({ status: 201, json: describe(await callers.dial(readDial(body))) }),
    },
    { method: 'GET', path: '/control/callers', handle: async () => ok({ callers: callers.list().map(describe) }) },
    // Before :id, which would take `phones` for one.
    { method: 'GET', path: '/control/callers/phones', handle: async () => ok(callers.rules()) },
    {
      method: 'PUT',
      path: '/control/callers/phones/:number',
      handle: async ({ params, body }) => {
        const rule = readRule(body)
        callers.setRule(params.number ?? '*', rule)
        return ok(rule)
      },
    },
    {
      method: 'DELETE',
      path: '/control/callers/phones',
      handle: async () => {
        callers.clearRules()
        return ok(callers.rules())
      },
    },
    { method: 'GET', path: '/control/callers/:id', handle: async ({ params }) => ok(describe(find(params.id))) },
    {
      method: 'GET',
      path: '/control/callers/:id/heard.wav',
      handle: async ({ params }) => ({ status: 200, bytes: find(params.id).ear.wav(), type: 'audio/wav' }),
    },
    {
      method: 'GET',
      path: '/control/callers/:id/heard',
      handle: async ({ params, query }) => ok(find(params.id).ear.timeline(numberIn(query, 'fromMs'), numberIn(query, 'toMs'))),
    },
    {
      method: 'POST',
      path: '/control/callers/:id/digits',
      handle: async ({ params, body }) => {
        const caller = find(params.id)
        const { digits } = readPress(body)
        // A call that ends between two keys is the caller's answer, not an error.
        await pressKeys(caller, digits).catch(() => {})
        return ok(describe(caller))
      },
    },
    {
      method: 'POST',
      path: '/control/callers/:id/hang-up',
      handle: async ({ params }) => {
        const caller = find(params.id)
        caller.hangUp()
        return ok(describe(caller))
      },
    },
  ]
  return routes.map(answerErrors)
}
