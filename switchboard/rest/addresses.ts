import { rfc2822 } from '../calls/fields.ts'
import { makeSid } from '../calls/sid.ts'
import type { Room } from '../room.ts'
import type { Address } from '../store/records.ts'
import { invalid, notFound } from './errors.ts'
import { listPage, readFilters } from './paging.ts'
import { readParameters } from './parameters.ts'
import { accountUri, created, gone, ok, type RestRoute } from './route.ts'

const FIELDS = ['CustomerName', 'Street', 'City', 'Region', 'PostalCode', 'IsoCountry'] as const

export const ADDRESS_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/Addresses.json',
    handle(request) {
      const { room } = request
      const names = ['CustomerName', 'FriendlyName', 'IsoCountry'] as const
      const p = readFilters(request, { CustomerName: 'text', FriendlyName: 'text', IsoCountry: 'text' })
      const wanted = (one: Address) => names.every((name) => !p.has(name) || one.settings[name] === p.text(name))
      return listPage(request, 'addresses', room.store.data.addresses.filter(wanted), (one) => showAddress(room, one))
    },
  },
  {
    method: 'POST',
    path: '/Addresses.json',
    handle({ room, input }) {
      const texts = Object.fromEntries(FIELDS.map((name) => [name, 'text' as const]))
      const p = readParameters(input, {
        required: FIELDS,
        takes: { ...texts, FriendlyName: 'text', StreetSecondary: 'text', AutoCorrectAddress: 'flag' },
      })
      const country = p.text('IsoCountry') ?? ''
      if (!/^[A-Z]{2}$/.test(country)) throw invalid('IsoCountry', country, 'must be two capital letters')
      const now = room.clock.now()
      const address: Address = { sid: makeSid('AD'), createdAt: now, updatedAt: now, settings: p.given() }
      room.store.data.addresses.push(address)
      room.store.save()
      return created(showAddress(room, address))
    },
  },
  {
    method: 'GET',
    path: '/Addresses/:sid.json',
    handle: ({ room, params, uri }) => ok(showAddress(room, addressOf(room, params.sid, uri))),
  },
  {
    method: 'DELETE',
    path: '/Addresses/:sid.json',
    handle({ room, params, uri }) {
      const address = addressOf(room, params.sid, uri)
      room.store.data.addresses = room.store.data.addresses.filter((one) => one !== address)
      room.store.save()
      return gone
    },
  },
]

function addressOf(room: Room, sid: string | undefined, uri: string): Address {
  const address = room.store.data.addresses.find((one) => one.sid === sid)
  if (!address) throw notFound(uri)
  return address
}

function showAddress(room: Room, address: Address) {
  const { settings, sid } = address
  return {
    sid,
    account_sid: room.store.data.accountSid,
    date_created: rfc2822(address.createdAt),
    date_updated: rfc2822(address.updatedAt),
    customer_name: settings.CustomerName ?? null,
    friendly_name: settings.FriendlyName ?? null,
    street: settings.Street ?? null,
    street_secondary: settings.StreetSecondary ?? null,
    city: settings.City ?? null,
    region: settings.Region ?? null,
    postal_code: settings.PostalCode ?? null,
    iso_country: settings.IsoCountry ?? null,
    emergency_enabled: false,
    validated: true,
    verified: false,
    uri: `${accountUri(room)}/Addresses/${sid}.json`,
  }
}
