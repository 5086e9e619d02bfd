/** What people read comes from public/_locales. Here: which keys the code asks for, and which the catalogues have. All functions are pure. */

/** A `messages.json` of Chrome. */
export type Catalogue = Record<string, { message: string }>

/** Which keys code asks for: by name, by the beginning of a name (`wordsOf('skip', …)` is every `skip_…`), or for a count (`_one`, `_other`). */
export interface Asked {
  keys: Set<string>
  families: Set<string>
  counted: Set<string>
  /** Every plain word in quotes: a key that stands in a table of ours, and is handed to `words` later. */
  quoted: Set<string>
}

export function readAsked(code: string): Asked {
  const all = (pattern: RegExp) => new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ''))
  return {
    keys: all(/(?:\bwords\(\s*'|__MSG_)([a-z0-9]+(?:_[a-z0-9]+)*)(?:'|__)/g),
    families: new Set([...all(/\bwordsOf\(\s*'([a-z0-9_]+)'/g), ...all(/`([a-z0-9_]+)_\$\{/g)]),
    counted: all(/\bwordsFor\([^'"`]*'([a-z0-9_]+)'/g),
    quoted: all(/['"]([a-z0-9_]+)['"]/g),
  }
}

const plural = /_(one|few|many|other)$/

/** Keys that the code asks for and the catalogue lacks. */
export function findUnknown(asked: Asked, catalogue: Catalogue): string[] {
  const counted = [...asked.counted].map((key) => `${key}_other`)
  return [...asked.keys, ...counted].filter((key) => !(key in catalogue))
}

/** Keys of the catalogue that nothing asks for. */
export function findUnused(asked: Asked, catalogue: Catalogue): string[] {
  const families = [...asked.families].map((family) => `${family}_`)
  return Object.keys(catalogue).filter((key) => {
    const base = key.replace(plural, '')
    if (asked.keys.has(key) || asked.quoted.has(key) || asked.counted.has(base) || asked.quoted.has(base)) return false
    return !families.some((family) => key.startsWith(family))
  })
}

/** How another language differs from English: keys missing, keys too many (but for plural forms that English has not), other placeholders. */
export function compare(english: Catalogue, other: Catalogue): string[] {
  const missing = Object.keys(english).filter((key) => !(key in other))
  const extra = Object.keys(other).filter((key) => !(key in english) && !(plural.test(key) && key.replace(plural, '_other') in english))
  const different = Object.keys(other).filter((key) => {
    const model = english[key] ?? english[key.replace(plural, '_other')]
    return model && placeholders(model.message) !== placeholders(other[key]?.message ?? '')
  })
  return [
    ...missing.map((key) => `${key} is missing`),
    ...extra.map((key) => `${key} has no English`),
    ...different.map((key) => `${key} has other placeholders`),
  ]
}

const placeholders = (message: string) => [...new Set(message.match(/\$\d/g))].sort().join()
