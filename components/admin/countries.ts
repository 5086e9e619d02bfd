import { countryCodes } from '../../utils/format.ts'
import { language } from '../../utils/words.ts'
import { countryName } from './when.ts'

/** Every country that has telephone numbers, by its name in the admin's language; those that are `first` before the others. */
export function allCountries(first: readonly string[]): { code: string; name: string }[] {
  const rank = ({ code }: { code: string }) => (first.includes(code) ? 0 : 1)
  return [...new Set<string>([...countryCodes(), ...first])]
    .map((code) => ({ code, name: countryName(code) }))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, language()))
}
