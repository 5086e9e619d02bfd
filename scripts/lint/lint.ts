import { checkImports } from './imports.ts'
import { readSources } from './sources.ts'
import { checkWords } from './words.ts'

/** Our own rules over the whole repository: prints every problem as `file:line  words` and resolves with an exit code. */
export async function lint(root = '.'): Promise<number> {
  const sources = readSources(root)
  const problems = [...checkImports(sources), ...checkWords(sources)]
  for (const { path, line, message } of problems) console.error(`${path}:${line}  ${message}`)
  if (problems.length === 0) console.log(`${sources.length} files keep our rules`)
  return problems.length > 0 ? 1 : 0
}
