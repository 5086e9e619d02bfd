import type { Room } from '../room.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { notFound, RestError } from './errors.ts'
import { listPage, readFilters } from './paging.ts'
import { accountUri, ok, type RestRoute } from './route.ts'

const PER_PLACE = 30
const CAPABILITIES = { voice: true, sms: false, mms: false, fax: false }

export const AVAILABLE_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/AvailablePhoneNumbers.json',
    handle(request) {
      readFilters(request)
      const { room } = request
      return ok({
        countries: COUNTRIES.map((country) => showCountry(room, country)),
        uri: `${accountUri(room)}/AvailablePhoneNumbers.json`,
      })
    },
  },
  {
    method: 'GET',
    path: '/AvailablePhoneNumbers/:country.json',
    handle: ({ room, params, uri }) => ok(showCountry(room, countryOf(params.country, uri))),
  },
  {
    method: 'GET',
    path: '/AvailablePhoneNumbers/:country/Local.json',
    handle(request) {
      const { room, params, uri } = request
      const country = countryOf(params.country, uri)
      const p = readFilters(request, {
        AreaCode: 'number',
        Contains: 'text',
        InLocality: 'text',
        InRegion: 'text',
        InPostalCode: 'text',
        VoiceEnabled: 'flag',
        SmsEnabled: 'flag',
        MmsEnabled: 'flag',
        FaxEnabled: 'flag',
        Beta: 'flag',
        ExcludeAllAddressRequired: 'flag',
        ExcludeLocalAddressRequired: 'flag',
        ExcludeForeignAddressRequired: 'flag',
      })
      const areaCode = p.text('AreaCode')
      if (areaCode && country.dial !== '1')
        throw new RestError(400, 20001, `AreaCode is for US and CA only; for ${country.code} use Contains`)
      const excluded =
        (p.flag('ExcludeAllAddressRequired', false) && country.requires !== 'none') ||
        (p.flag('ExcludeLocalAddressRequired', false) && country.requires === 'local') ||
        (p.flag('ExcludeForeignAddressRequired', false) && country.requires === 'foreign')
      const unable =
        p.flag('SmsEnabled', false) || p.flag('MmsEnabled', false) || p.flag('FaxEnabled', false) || !p.flag('VoiceEnabled', true)
      const pattern = containsPattern(p.text('Contains'), country)
      const alike = (asked: string | undefined, has: string) => !asked || asked.toLowerCase() === has.toLowerCase()
      const numbers = excluded || unable ? [] : numbersOf(room, country)
      const wanted = numbers.filter(
        (number) =>
          pattern.test(number.phone_number) &&
          (!areaCode || number.prefix === areaCode) &&
          alike(p.text('InLocality'), number.locality) &&
          alike(p.text('InRegion'), number.region) &&
          alike(p.text('InPostalCode'), number.postal_code),
      )
      return listPage(request, 'available_phone_numbers', wanted, ({ prefix: _, ...shown }) => shown)
    },
  },
]

export function countryOf(code: string | undefined, uri: string): Country {
  const country = COUNTRIES.find((one) => one.code === code?.toUpperCase())
  if (!country) throw notFound(uri)
  return country
}

/** Which country an available number belongs to; undefined for a number that is not on offer. */
export function findAvailable(room: Room, phoneNumber: string): Country | undefined {
  return COUNTRIES.find((country) => numbersOf(room, country).some((number) => number.phone_number === phoneNumber))
}

export function numbersOf(room: Room, country: Country) {
  const { numbers, taken } = room.store.data
  const owned = new Set([...numbers.map((number) => number.phoneNumber), ...taken])
  return country.places
    .flatMap((place, at) =>
      Array.from({ length: PER_PLACE }, (_, index) => {
        const rest = String(5_550_100 + at * 977 + index * 37).slice(-(country.digits - place.prefix.length))
        const national = place.prefix + rest.padStart(country.digits - place.prefix.length, '7')
        const phone = `+${country.dial}${national}`
        return {
          prefix: place.prefix,
          friendly_name: country.dial === '1' ? `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}` : phone,
          phone_number: phone,
          lata: null,
          locality: place.locality,
          rate_center: null,
          latitude: place.at[0],
          longitude: place.at[1],
          region: place.region,
          postal_code: place.postal,
          iso_country: country.code,
          address_requirements: country.requires,
          beta: false,
          capabilities: CAPABILITIES,
        }
      }),
    )
    .filter((number) => !owned.has(number.phone_number))
}

/** `*` stands for one digit; letters for the keys they are on. Without a `+` it may stand anywhere in the number. */
function containsPattern(contains: string | undefined, country: Country): RegExp {
  if (!contains) return /^/
  if (!/^\+?[0-9a-zA-Z*]{2,}$/.test(contains))
    throw new RestError(400, 21421, `Contains "${contains}" must be at least two digits, letters or *`)
  const digits = contains.replace(/[a-z]/gi, (letter) => '22233344455566677778889999'[letter.toLowerCase().charCodeAt(0) - 97] ?? '')
  const body = digits.replace('+', '\\+').replaceAll('*', '\\d')
  return new RegExp(digits.startsWith('+') ? `^${body}` : `^\\+${country.dial}\\d*${body}|^\\+${body}`)
}

function showCountry(room: Room, country: Country) {
  const uri = `${accountUri(room)}/AvailablePhoneNumbers/${country.code}`
  return {
    country_code: country.code,
    country: country.name,
    beta: false,
    uri: `${uri}.json`,
    subresource_uris: { local: `${uri}/Local.json` },
  }
}
