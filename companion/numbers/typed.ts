import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Marks that come along invisibly when a number is pasted: directions, joiners, soft hyphens, byte order marks. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Whether what somebody typed means this number, in any usual format of its country or with its calling code. */
export function meansNumber(typed: string, number: { e164: string; country: string }): boolean {
  const text = typed.replace(INVISIBLE, '').trim().replace(/^tel:/i, '')
  // Most of the world dials 00 for abroad, also where the number's own country does not.
  if (/^00\s*[1-9]/.test(text) && meansNumber(`+${text.slice(2)}`, number)) return true
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: number.country as CountryCode, extract: false })
  if (parsed) return parsed.number === number.e164 && parsed.ext === undefined
  // Not every number that a provider has is in the library's plan.
  return /^\+?[\d\s().-]+$/.test(text) && text.replace(/\D/g, '') === number.e164.slice(1)
}

/** ISO 3166-1 alpha-2 of a number; the first country of its calling code where the plan does not say. */
export function countryOf(e164: string): string {
  const parsed = parsePhoneNumberFromString(e164)
  return parsed?.country ?? parsed?.getPossibleCountries()[0] ?? 'ZZ'
}
