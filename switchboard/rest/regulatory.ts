/** Which countries demand a bundle of papers, and the bundles of this account, as https://numbers.twilio.com/v2/RegulatoryCompliance says it. */
import type { Room } from '../room.ts'
import { BUNDLE_STATUSES, type Bundle } from '../store/records.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { listMetaPage } from './meta-page.ts'
import { readFilters } from './paging.ts'
import type { RestRoute } from './route.ts'

const BASE = '/v2/RegulatoryCompliance'
const END_USERS = ['business', 'individual'] as const

export const REGULATORY_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: `${BASE}/Bundles`,
    handle(request) {
      const { room } = request
      const p = readFilters(request, {
        Status: { one: BUNDLE_STATUSES },
        FriendlyName: 'text',
        IsoCountry: 'text',
        NumberType: 'text',
      })
      const filters = { Status: 'Status', FriendlyName: 'FriendlyName', IsoCountry: 'IsoCountry', NumberType: 'NumberType' } as const
      const wanted = (one: Bundle) =>
        Object.values(filters).every((name) => !p.has(name) || one.settings[name]?.toLowerCase() === p.text(name)?.toLowerCase())
      return listMetaPage(request, 'results', room.store.data.bundles.filter(wanted), (one) => showBundle(room, one))
    },
  },
  {
    method: 'GET',
    path: `${BASE}/Regulations`,
    handle(request) {
      const p = readFilters(request, {
        IsoCountry: 'text',
        NumberType: 'text',
        EndUserType: { one: END_USERS },
        IncludeConstraints: 'flag',
      })
      const countries = COUNTRIES.filter(
        (one) => one.bundle && (!p.has('IsoCountry') || one.code === p.text('IsoCountry')) && (p.text('NumberType') ?? 'local') === 'local',
      )
      const all = countries.flatMap((country) =>
        END_USERS.filter((user) => !p.has('EndUserType') || user === p.text('EndUserType')).map((user) => ({ country, user })),
      )
      return listMetaPage(request, 'results', all, ({ country, user }) => showRegulation(country, user))
    },
  },
]

function showBundle(room: Room, { sid, settings, createdAt, updatedAt }: Bundle) {
  return {
    sid,
    account_sid: room.store.data.accountSid,
    regulation_sid: regulationSid(settings.IsoCountry ?? '', 'business'),
    friendly_name: settings.FriendlyName ?? '',
    status: settings.Status,
    valid_until: null,
    email: 'papers@example.com',
    status_callback: null,
    is_test: null,
    date_created: new Date(createdAt).toISOString(),
    date_updated: new Date(updatedAt).toISOString(),
    url: `https://numbers.twilio.com${BASE}/Bundles/${sid}`,
    links: {},
  }
}

function showRegulation(country: Country, user: string) {
  const sid = regulationSid(country.code, user)
  return {
    sid,
    friendly_name: `${country.name}: Local - ${user}`,
    iso_country: country.code,
    number_type: 'local',
    end_user_type: user,
    requirements: { end_user: [], supporting_document: [] },
    url: `https://numbers.twilio.com${BASE}/Regulations/${sid}`,
  }
}

/** The same at every start. */
const regulationSid = (country: string, user: string) =>
  `RN${Buffer.from(country + user)
    .toString('hex')
    .padEnd(32, '0')
    .slice(0, 32)}`
