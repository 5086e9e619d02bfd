/** Which countries may be called: all that have telephones, by their names in the admin's language. */
import { expect, test } from 'vitest'
import { allCountries } from '../../components/admin/countries.ts'
import { speakFrom } from '../../utils/words.ts'
import { wordsIn } from '../gallery/words.ts'

test('those that are set come first, then all others, each once and by name', () => {
  speakFrom(wordsIn('pl'))
  const all = allCountries(['PL', 'DE'])
  expect(all.slice(0, 3).map(({ name }) => name)).toEqual(['Niemcy', 'Polska', 'Afganistan'])
  expect(all.length).toBeGreaterThan(240)
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
  expect(all.filter(({ name, code }) => name === code)).toEqual([])
  expect(all.find(({ code }) => code === 'KE')?.name).toBe('Kenia')
  const others = all.slice(2).map(({ name }) => name)
  expect(others).toEqual([...others].sort((one, other) => one.localeCompare(other, 'pl')))
  speakFrom(wordsIn('en'))
})
