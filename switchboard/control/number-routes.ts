/** What happens to numbers and papers outside: a bundle is approved, somebody else buys a number. */

import { type Answer, RequestError, type Route } from '../callers/route.ts'
import { makeSid } from '../calls/sid.ts'
import { findAvailable } from '../rest/available-numbers.ts'
import { COUNTRIES } from '../rest/countries.ts'
import type { Room } from '../room.ts'
import { BUNDLE_STATUSES, type Bundle } from '../store/records.ts'

const json = (status: number, body: unknown): Answer => ({ status, json: body })

export function numberRoutes(room: Room): Route[] {
  const { store, clock } = room
  const { data } = store
  return [
    { method: 'GET', path: '/control/bundles', handle: async () => json(200, { bundles: data.bundles }) },
    {
      method: 'POST',
      path: '/control/bundles',
      async handle({ body }) {
        const { country, status = 'twilio-approved', name = 'Papers' } = asTexts(body, ['country', 'status', 'name'])
        if (!COUNTRIES.some(({ code }) => code === country))
          throw new RequestError(400, `country is one of ${COUNTRIES.map(({ code }) => code)}`)
        if (!BUNDLE_STATUSES.includes(status as never)) throw new RequestError(400, `status is one of ${BUNDLE_STATUSES}`)
        const now = clock.now()
        const settings = { FriendlyName: name, Status: status, IsoCountry: country ?? '', NumberType: 'local' }
        const bundle: Bundle = { sid: makeSid('BU'), createdAt: now, updatedAt: now, settings }
        data.bundles.push(bundle)
        store.save()
        return json(201, bundle)
      },
    },
    {
      method: 'POST',
      path: '/control/taken-numbers',
      async handle({ body }) {
        const { phoneNumber } = asTexts(body, ['phoneNumber'])
        if (!phoneNumber || !findAvailable(room, phoneNumber)) throw new RequestError(400, 'phoneNumber must be one that is on offer')
        data.taken.push(phoneNumber)
        store.save()
        return json(201, { taken: data.taken })
      },
    },
  ]
}

function asTexts<N extends string>(body: unknown, names: readonly N[]): Partial<Record<N, string>> {
  if (typeof body !== 'object' || body === null) throw new RequestError(400, `The body is an object of ${names.join(', ')}`)
  for (const [key, value] of Object.entries(body))
    if (!names.some((name) => name === key) || typeof value !== 'string')
      throw new RequestError(400, `The body is an object of ${names.join(', ')} (text)`)
  return body
}
