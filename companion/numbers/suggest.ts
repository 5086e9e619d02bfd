import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max'
import { type Country, type OfferedNumber, type Requirement, RingsideError, type RouteBody } from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import type { NumberMarket, Offer } from '../twilio/number-market.ts'
import type { NumberSearch } from '../twilio/provider.ts'

/** Twilio takes `AreaCode` only there. */
const AREA_CODE_COUNTRIES = ['US', 'CA']
const AREA_CODE_DIGITS = 3
/** More than one, as those shown before are passed over. */
const LIMIT = 30

/** Where numbers can be bought, by code; names in the admin's language are the extension's. */
export async function listCountries(market: NumberMarket): Promise<Country[]> {
  const codes = (await market.listCountries()).filter((code) => isSupportedCountry(code))
  return codes.sort().map((code) => ({
    code,
    callingCode: getCountryCallingCode(code as CountryCode),
    areaCodes: AREA_CODE_COUNTRIES.includes(code),
  }))
}

/** One number that can be had, and what the country demands for it. Errors: none_available, those of the market. */
export async function suggestNumber(
  { market }: Pick<Companion, 'market'>,
  { country, prefix, not }: RouteBody<'suggestNumber'>,
): Promise<OfferedNumber> {
  const offers = await market.listOffers({ ...searchOf(country, prefix), limit: Math.min(200 + LIMIT, LIMIT + not.length) })
  const offer = offers.find((each) => !not.includes(each.e164))
  if (!offer) throw new RingsideError('none_available')
  const [requirements, monthly] = await Promise.all([
    readRequirements(market, country, offer),
    // A number can be had without its price being known.
    market.readMonthlyPrice(country).catch(() => null),
  ])
  const { e164, locality, capabilities } = offer
  return { e164, country, locality, capabilities, monthly, requirements }
}

function searchOf(country: string, prefix: string): NumberSearch {
  if (prefix === '') return { country }
  const byArea = AREA_CODE_COUNTRIES.includes(country)
  if (byArea && prefix.length === AREA_CODE_DIGITS) return { country, areaCode: Number(prefix) }
  const callingCode = isSupportedCountry(country) ? getCountryCallingCode(country) : ''
  return { country, contains: `+${callingCode}${prefix}` }
}

async function readRequirements(market: NumberMarket, country: string, { address }: Offer): Promise<Requirement[]> {
  const bundle = await market.demandsBundle(country)
  const requirements: Requirement[] = []
  if (address !== 'none') {
    const all = await market.listAddresses()
    const fits = { any: () => true, local: (code: string) => code === country, foreign: (code: string) => code !== country }[address]
    const existing = all.filter((each) => fits(each.country)).map(({ sid, label }) => ({ sid, label }))
    requirements.push({ kind: 'address', where: address, existing })
  }
  if (bundle) {
    const existing = (await market.listBundles(country)).map(({ sid, label }) => ({ sid, label }))
    requirements.push({ kind: 'bundle', where: null, existing })
  }
  return requirements
}
