/** Words for where there is no browser.i18n: the same files, the same rules for `$1`. */
import en from '../../public/_locales/en/messages.json' with { type: 'json' }
import pl from '../../public/_locales/pl/messages.json' with { type: 'json' }
import type { WordSource } from '../../utils/words.ts'

const tables: Record<string, Record<string, { message: string }>> = { en, pl }

export function wordsIn(language: 'en' | 'pl'): WordSource {
  const find = (key: string) => tables[language]?.[key] ?? tables.en?.[key]
  return {
    getMessage: (key, values = []) => (find(key)?.message ?? '').replace(/\$([1-9])/g, (_, n) => values[Number(n) - 1] ?? ''),
    getUILanguage: () => (language === 'en' ? 'en-GB' : language),
  }
}
