import { isIn, type Problem } from './imports.ts'
import { wordRules } from './rules.ts'
import type { Source } from './sources.ts'

/** Finds words in code that may not stand there. Pure. */
export function checkWords(sources: Source[]): Problem[] {
  return sources.flatMap((source) =>
    wordRules
      .filter((rule) => rule.folders.some((folder) => isIn(source.path, folder)))
      .flatMap((rule) =>
        source.code.split('\n').flatMap((text, index) => {
          const word = text.match(rule.pattern)?.[0]
          return word ? [{ path: source.path, line: index + 1, message: `“${word}” may not be used here: ${rule.because}` }] : []
        }),
      ),
  )
}
