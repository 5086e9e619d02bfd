import { makeSid } from '../calls/sid.ts'
import type { Room } from '../room.ts'
import type { OwnedNumber } from '../store/records.ts'
import { findAvailable, numbersOf } from './available-numbers.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { notFound, RestError } from './errors.ts'
import { listPage, readFilters } from './paging.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { accountUri, created, gone, ok, type RestRoute } from './route.ts'
import { stamps } from './show.ts'

const SETTINGS = {
  FriendlyName: 'text',
  VoiceUrl: 'url',
  VoiceMethod: 'method',
  VoiceFallbackUrl: 'url',
  VoiceFallbackMethod: 'method',
  VoiceApplicationSid: 'text',
  VoiceCallerIdLookup: 'flag',
  VoiceReceiveMode: { one: ['voice'] },
  StatusCallback: 'url',
  StatusCallbackMethod: 'method',
  AddressSid: 'text',
  BundleSid: 'text',
} as const

export const NUMBER_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/IncomingPhoneNumbers.json',
    handle(request) {
      const { room } = request
      const p = readFilters(request, { PhoneNumber: 'text', FriendlyName: 'text', Beta: 'flag', Origin: { one: ['twilio', 'hosted'] } })
      const asked = p
        .text('PhoneNumber')
        ?.replace(/[^\d*]/g, '')
        .replaceAll('*', '\\d')
      const wanted = (number: OwnedNumber) =>
        (!asked || new RegExp(asked).test(number.phoneNumber)) &&
        (!p.has('FriendlyName') || p.text('FriendlyName') === nameOf(number)) &&
        !p.flag('Beta', false) &&
        p.text('Origin') !== 'hosted'
      return listPage(request, 'incoming_phone_numbers', room.store.data.numbers.filter(wanted), (number) => showNumber(room, number))
    },
  },
  {
    method: 'POST',
    path: '/IncomingPhoneNumbers.json',
    handle({ room, input }) {
      const p = readParameters(input, { takes: { ...SETTINGS, PhoneNumber: 'text', AreaCode: 'number' } })
      const { phoneNumber, country } = choose(room, p)
      checkAddress(room, country, p)
      const { PhoneNumber: _number, AreaCode: _area, ...settings } = p.given()
      const now = room.clock.now()
      const number: OwnedNumber = {
        sid: makeSid('PN'),
        phoneNumber,
        country: country.code,
        addressRequirements: country.requires,
        createdAt: now,
        updatedAt: now,
        settings,
      }
      room.store.data.numbers.push(number)
      room.store.save()
      return created(showNumber(room, number))
    },
  },
  {
    method: 'GET',
    path: '/IncomingPhoneNumbers/:sid.json',
    handle: ({ room, params, uri }) => ok(showNumber(room, numberOf(room, params.sid, uri))),
  },
  {
    method: 'POST',
    path: '/IncomingPhoneNumbers/:sid.json',
    handle({ room, params, uri, input }) {
      const number = numberOf(room, params.sid, uri)
      const p = readParameters(input, { takes: SETTINGS })
      checkSids(room, p)
      number.settings = { ...number.settings, ...p.given() }
      number.updatedAt = room.clock.now()
      room.store.save()
      return ok(showNumber(room, number))
    },
  },
  {
    method: 'DELETE',
    path: '/IncomingPhoneNumbers/:sid.json',
    handle({ room, params, uri }) {
      const number = numberOf(room, params.sid, uri)
      room.store.data.numbers = room.store.data.numbers.filter((one) => one !== number)
      room.store.save()
      return gone
    },
  },
]

function choose(room: Room, p: Parameters): { phoneNumber: string; country: Country } {
  const phoneNumber = p.text('PhoneNumber')
  const areaCode = p.text('AreaCode')
  if (!phoneNumber && !areaCode) throw new RestError(400, 21451, 'PhoneNumber or AreaCode is required')
  if (phoneNumber) {
    if (!/^\+[1-9]\d{4,14}$/.test(phoneNumber)) throw new RestError(400, 21421, `PhoneNumber ${phoneNumber} is not valid`)
    const country = findAvailable(room, phoneNumber)
    if (!country) throw new RestError(400, 21422, `PhoneNumber ${phoneNumber} is not available`)
    return { phoneNumber, country }
  }
  for (const country of COUNTRIES.filter((one) => one.dial === '1')) {
    const found = numbersOf(room, country).find((number) => number.prefix === areaCode)
    if (found) return { phoneNumber: found.phone_number, country }
  }
  throw new RestError(400, 21452, `No phone numbers found in area code ${areaCode}`)
}

/** 21631 and 21615 for an address, 21649 for a bundle, as Twilio refuses a purchase. */
function checkAddress(room: Room, country: Country, p: Parameters) {
  checkSids(room, p)
  const address = room.store.data.addresses.find(({ sid }) => sid === p.text('AddressSid'))
  if (country.requires !== 'none' && !address) {
    throw new RestError(400, 21631, `Phone numbers of ${country.name} require an address (${country.requires}); AddressSid is missing`)
  }
  const inCountry = address?.settings.IsoCountry === country.code
  if (country.requires === 'local' && !inCountry)
    throw new RestError(400, 21615, `Phone numbers of ${country.name} require an address in ${country.name}`)
  if (country.requires === 'foreign' && inCountry)
    throw new RestError(400, 21631, `Phone numbers of ${country.name} require an address outside ${country.name}`)
  const bundle = room.store.data.bundles.find(({ sid }) => sid === p.text('BundleSid'))
  if (country.bundle && bundle && (bundle.settings.Status !== 'twilio-approved' || bundle.settings.IsoCountry !== country.code))
    throw new RestError(400, 21649, `Bundle ${bundle.sid} is not an approved one of ${country.name}`)
  if (country.bundle && !bundle)
    throw new RestError(400, 21649, `Phone numbers of ${country.name} require a regulatory bundle; BundleSid is missing`)
}

function checkSids(room: Room, p: Parameters) {
  const { addresses, applications, bundles } = room.store.data
  const address = p.text('AddressSid')
  if (address && !addresses.some(({ sid }) => sid === address)) throw new RestError(400, 21628, `AddressSid ${address} is not valid`)
  const bundle = p.text('BundleSid')
  if (bundle && !bundles.some(({ sid }) => sid === bundle)) throw new RestError(400, 21649, `BundleSid ${bundle} is not valid`)
  const application = p.text('VoiceApplicationSid')
  if (application && !applications.some(({ sid }) => sid === application))
    throw new RestError(400, 21218, `Invalid ApplicationSid ${application}`)
}

function numberOf(room: Room, sid: string | undefined, uri: string): OwnedNumber {
  const number = room.store.data.numbers.find((one) => one.sid === sid)
  if (!number) throw notFound(uri)
  return number
}

const nameOf = (number: OwnedNumber) => number.settings.FriendlyName ?? number.phoneNumber

function showNumber(room: Room, number: OwnedNumber) {
  const { settings } = number
  return {
    ...stamps(number),
    sid: number.sid,
    account_sid: room.store.data.accountSid,
    api_version: '2010-04-01',
    friendly_name: nameOf(number),
    phone_number: number.phoneNumber,
    address_sid: settings.AddressSid ?? null,
    address_requirements: number.addressRequirements,
    bundle_sid: settings.BundleSid ?? null,
    identity_sid: null,
    beta: false,
    capabilities: { voice: true, sms: false, mms: false, fax: false },
    origin: 'twilio',
    sms_application_sid: null,
    sms_fallback_method: 'POST',
    sms_fallback_url: '',
    sms_method: 'POST',
    sms_url: '',
    status_callback: settings.StatusCallback ?? '',
    status_callback_method: settings.StatusCallbackMethod ?? 'POST',
    trunk_sid: null,
    voice_receive_mode: 'voice',
    voice_application_sid: settings.VoiceApplicationSid || null,
    voice_caller_id_lookup: settings.VoiceCallerIdLookup === 'true',
    voice_fallback_method: settings.VoiceFallbackMethod ?? 'POST',
    voice_fallback_url: settings.VoiceFallbackUrl ?? '',
    voice_method: settings.VoiceMethod ?? 'POST',
    voice_url: settings.VoiceUrl ?? '',
    emergency_status: 'Inactive',
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    status: 'in-use',
    type: 'local',
    uri: `${accountUri(room)}/IncomingPhoneNumbers/${number.sid}.json`,
  }
}
