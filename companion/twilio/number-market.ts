/** Where numbers are looked for, bought and given back: Twilio's REST, with refusals that an admin can do something about. */
import { RingsideError } from '../../utils/protocol/index.ts'
import type { NumberSearch, NumberWiring, ProviderNumber } from './provider.ts'
import { codeOf, createClient, toNumber, wired } from './rest.ts'
import type { TwilioSettings } from './settings.ts'

export interface Offer {
  e164: string
  locality: string | null
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean }
  /** Twilio's `address_requirements`. */
  address: 'none' | 'any' | 'local' | 'foreign'
}

/** An address or an approved bundle of the account. */
export interface Paper {
  sid: string
  label: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** What a purchase names where the country demands it. */
export interface Papers {
  addressSid: string | null
  bundleSid: string | null
}

/**
 * Every method may reject with voice_account_refused, voice_provider_busy (429: not processed, safe to repeat) and voice_provider_failed.
 */
export interface NumberMarket {
  /** Codes of the countries that have local numbers. */
  listCountries(): Promise<string[]>
  listOffers(search: NumberSearch): Promise<Offer[]>
  /** A month of a local number; null where no price is named. */
  readMonthlyPrice(country: string): Promise<{ amount: string; currency: string } | null>
  /** Whether local numbers of that country want a regulatory bundle. */
  demandsBundle(country: string): Promise<boolean>
  listAddresses(): Promise<Paper[]>
  /** The approved ones. */
  listBundles(country: string): Promise<Paper[]>
  /** A number that the account owns. */
  findNumber(e164: string): Promise<ProviderNumber | undefined>
  /** Errors: number_gone, requirement_missing {kind}. */
  buyNumber(e164: string, wiring: NumberWiring, papers: Papers): Promise<ProviderNumber>
  /** One that is gone already is no error. */
  releaseNumber(sid: string): Promise<void>
}

export function createNumberMarket(settings: TwilioSettings): NumberMarket {
  const client = createClient(settings)
  return {
    listCountries: () =>
      asked(async () => {
        const all = await client.availablePhoneNumbers.list({ limit: 300 })
        return all.filter((one) => 'local' in Object(one.subresourceUris)).map((one) => one.countryCode)
      }),
    listOffers: ({ country, areaCode, contains, limit = 20 }) =>
      asked(async () => {
        const found = await client.availablePhoneNumbers(country).local.list({ areaCode, contains, voiceEnabled: true, limit })
        return found.map(toOffer)
      }),
    readMonthlyPrice: (country) =>
      asked(async () => {
        const { phoneNumberPrices, priceUnit } = await client.pricing.v1.phoneNumbers.countries(country).fetch()
        return toPrice(phoneNumberPrices, priceUnit)
      }),
    demandsBundle: (isoCountry) =>
      asked(async () => {
        const found = await client.numbers.v2.regulatoryCompliance.regulations.list({ isoCountry, numberType: 'local', limit: 1 })
        return found.length > 0
      }),
    listAddresses: () =>
      asked(async () =>
        (await client.addresses.list({ limit: 100 })).map(({ sid, friendlyName, customerName, street, city, isoCountry }) => ({
          sid,
          label: [friendlyName || customerName, street, city].filter(Boolean).join(', '),
          country: isoCountry,
        })),
      ),
    listBundles: (isoCountry) =>
      asked(async () => {
        const found = await client.numbers.v2.regulatoryCompliance.bundles.list({
          isoCountry,
          numberType: 'local',
          status: 'twilio-approved',
          limit: 100,
        })
        return found.map(({ sid, friendlyName }) => ({ sid, label: friendlyName, country: isoCountry }))
      }),
    findNumber: (phoneNumber) =>
      asked(async () => {
        // The filter matches parts of a number too.
        const found = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 20 })
        const number = found.find((each) => each.phoneNumber === phoneNumber)
        return number && toNumber(number)
      }),
    buyNumber: (phoneNumber, wiring, { addressSid, bundleSid }) =>
      asked(async () => {
        const papers = { ...(addressSid !== null && { addressSid }), ...(bundleSid !== null && { bundleSid }) }
        return toNumber(await client.incomingPhoneNumbers.create({ phoneNumber, ...wired(wiring), ...papers }))
      }),
    releaseNumber: (sid) =>
      asked(async () => {
        await client.incomingPhoneNumbers(sid).remove()
      }).catch((error) => {
        if (!(error instanceof RingsideError) || error.details?.provider !== '20404') throw error
      }),
  }
}

function toOffer(row: { phoneNumber: string; locality: string; addressRequirements: string; capabilities: object }): Offer {
  const can = Object.fromEntries(Object.entries(row.capabilities).map(([name, value]) => [name.toLowerCase(), value === true]))
  const demands = ['any', 'local', 'foreign'] as const
  return {
    e164: row.phoneNumber,
    locality: row.locality || null,
    capabilities: { voice: can.voice ?? false, sms: can.sms ?? false, mms: can.mms ?? false, fax: can.fax ?? false },
    address: demands.find((each) => each === row.addressRequirements) ?? 'none',
  }
}

type Prices = readonly { numberType?: string; currentPrice?: number }[]

/** The package says that a price is a number; Twilio sends text, such as `1.15`. */
function toPrice(prices: Prices, unit: string) {
  const local = prices.find((each) => each.numberType === 'local')
  return local?.currentPrice === undefined ? null : { amount: String(local.currentPrice), currency: unit.toUpperCase() }
}

/**
 * Codes of Twilio's error dictionary (twilio.com/docs/api/errors/<code>) that mean a paper is missing or does not fit: 21613 and 21631 an address is
 * required, 21615 a local one, 21628 and 21629 it cannot be validated; 21649 a bundle is required, 21650 an identity document, 21651 it does not fit.
 */
const PAPER_CODES: Record<string, 'address' | 'bundle'> = {
  21613: 'address',
  21615: 'address',
  21628: 'address',
  21629: 'address',
  21631: 'address',
  21649: 'bundle',
  21650: 'bundle',
  21651: 'bundle',
}
/** 21422 not available; 21421 invalid: it came from Twilio's own list. */
const GONE_CODES = ['21422', '21421']
/** 20003 permission denied, 20005 account not active, 20006 access denied, 20010 disabled for the account, 10002 and 21404 not for a trial account. */
const ACCOUNT_CODES = ['20003', '20005', '20006', '20010', '10002', '21404']

/** Told once: after a purchase whose answer was lost, the caller looks it up instead of asking again. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const provider = codeOf(cause)
    const status = Number((cause as { status?: unknown }).status)
    const kind = PAPER_CODES[provider]
    if (kind) throw new RingsideError('requirement_missing', { kind, provider }, { cause })
    if (GONE_CODES.includes(provider)) throw new RingsideError('number_gone', { provider }, { cause })
    if (status === 429 || provider === '20429') throw new RingsideError('voice_provider_busy', { provider }, { cause })
    if ([401, 402, 403].includes(status) || ACCOUNT_CODES.includes(provider))
      throw new RingsideError('voice_account_refused', { provider }, { cause })
    throw new RingsideError('voice_provider_failed', { provider }, { cause })
  }
}
