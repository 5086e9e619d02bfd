/** What tests and people may ask and do beside Twilio's own API: the log, the clock, the faults. */
import { type Answer, answerErrors, RequestError, type Route } from '../callers/route.ts'
import { showCall, showConference, showMember } from '../rest/show.ts'
import type { Room } from '../room.ts'
import { numberRoutes } from './number-routes.ts'

const json = (body: unknown): Answer => ({ status: 200, json: body })

/** `about` says where everything is and with which credentials; undefined until the lines are open. */
export function controlRoutes(room: Room, about: () => object | undefined): Route[] {
  const { clock, faults, log, legs, conferences } = room
  const clockState = () => ({ now: new Date(clock.now()).toISOString(), aheadMs: clock.ahead })
  const routes: Route[] = [
    {
      method: 'GET',
      path: '/control/about',
      async handle() {
        const shown = about()
        return shown ? json(shown) : { status: 503, json: { error: 'The lines are not open yet.' } }
      },
    },
    {
      method: 'GET',
      path: '/control/log',
      handle: async ({ query }) => json({ entries: log.list(query.get('call') ?? query.get('conference') ?? undefined) }),
    },
    {
      method: 'GET',
      path: '/control/calls',
      handle: async () => json({ calls: legs.all().map(({ call }) => showCall(room, call)) }),
    },
    {
      method: 'GET',
      path: '/control/conferences',
      async handle() {
        const shown = conferences.all().map((conference) => ({
          ...showConference(room, conference),
          participants: [...conference.members.values()].map((member) => showMember(room, conference, member)),
        }))
        return json({ conferences: shown })
      },
    },
    { method: 'GET', path: '/control/clock', handle: async () => json(clockState()) },
    {
      method: 'POST',
      path: '/control/clock',
      async handle({ body }) {
        const ms = typeof body === 'object' && body !== null && 'advanceMs' in body ? body.advanceMs : undefined
        if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0 || ms > 86_400_000) {
          throw new RequestError(400, 'advanceMs must be a number of milliseconds from 0 to 86400000')
        }
        log.add({ kind: 'clock', text: `moved ${ms} ms forward` })
        await clock.advance(ms)
        return json(clockState())
      },
    },
    { method: 'GET', path: '/control/faults', handle: async () => json({ faults: faults.list() }) },
    {
      method: 'POST',
      path: '/control/faults',
      async handle({ body }) {
        try {
          return { status: 201, json: faults.add(body) }
        } catch (error) {
          throw new RequestError(400, error instanceof Error ? error.message : String(error))
        }
      },
    },
    {
      method: 'DELETE',
      path: '/control/faults',
      async handle() {
        faults.clear()
        return json({ faults: [] })
      },
    },
  ]
  return [...routes, ...numberRoutes(room)].map(answerErrors)
}
