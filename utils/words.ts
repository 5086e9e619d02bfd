/**
 * All words that a person reads come from `public/_locales`. Components ask here; in the extension the browser answers, in the gallery and in
 * tests a table does. Keys are lower-case with underscores, as Chrome demands; `$1`…`$9` in a message stand for the values given.
 */

/** What `browser.i18n` has of it. An unknown key gives an empty string. */
export interface WordSource {
  getMessage: (key: string, values?: string[]) => string
  getUILanguage: () => string
}

let source: WordSource | null = null

/** Where words come from instead of the browser. */
export function speakFrom(other: WordSource): void {
  source = other
}

function from(): WordSource {
  // Not utils/browser.ts: the polyfill refuses to load outside an extension, and components are shown there too.
  source ??= (globalThis as { chrome?: { i18n?: WordSource } }).chrome?.i18n ?? null
  if (!source) throw new Error('No words: call speakFrom() outside the extension')
  return source
}

/** The words of a key; the key itself where none exist, so that a gap is seen and not hidden. */
export function words(key: string, ...values: (string | number)[]): string {
  return from().getMessage(key, values.map(String)) || key
}

/** Words of a member of an enumeration: `wordsOf('skip', 'wrapping-up')` is `skip_wrapping_up`. */
export function wordsOf(family: string, member: string, ...values: (string | number)[]): string {
  return words(`${family}_${member.replaceAll('-', '_')}`, ...values)
}

/** Words for a count: `key_one`, `key_few`, `key_many`, `key_other`, as the language has it. `$1` is the count. */
export function wordsFor(count: number, key: string, ...values: (string | number)[]): string {
  const category = new Intl.PluralRules(language()).select(count)
  const number = new Intl.NumberFormat(language()).format(count)
  return from().getMessage(`${key}_${category}`, [number, ...values.map(String)]) || words(`${key}_other`, number, ...values)
}

/** BCP 47 for Intl: the browser's own variant where we speak its language (en-GB), else the language that the words are in. */
export function language(): string {
  const spoken = words('language_tag')
  const wanted = from().getUILanguage()
  return wanted.split('-')[0] === spoken ? wanted : spoken
}
