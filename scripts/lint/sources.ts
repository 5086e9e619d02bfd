import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'

/** A source file as the rules see it. */
export interface Source {
  /** From the top of the repository, with forward slashes. */
  path: string
  /** What it imports, statically, dynamically or only as a type, in the words of the file. */
  imports: { specifier: string; line: number }[]
  /** The text with comments blanked out, lines kept. */
  code: string
}

/** Reads a file's imports and code. Throws where it does not parse. */
export function readSource(file: string, text: string): Source {
  const { module, comments, errors } = parseSync(file, text)
  const error = errors[0]
  if (error) throw new Error(`${file}: ${error.message}`)
  const requests = [
    ...module.staticImports.map((each) => each.moduleRequest),
    ...module.staticExports.flatMap((each) => each.entries.map((entry) => entry.moduleRequest)),
    ...module.dynamicImports.map((each) => each.moduleRequest),
  ]
  const seen = new Map<number, { specifier: string; line: number }>()
  for (const request of requests) {
    const specifier = request && text.slice(request.start, request.end).match(/^['"`](.*)['"`]$/)?.[1]
    if (request && specifier) seen.set(request.start, { specifier, line: text.slice(0, request.start).split('\n').length })
  }
  let code = text
  for (const { start, end } of comments) code = code.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  return { path: file, imports: [...seen.values()], code }
}

const folders = ['entrypoints', 'components', 'background', 'utils', 'companion', 'switchboard', 'scripts', 'tests']

/** Every source file of the repository. */
export function readSources(root: string): Source[] {
  return listSources(root).map((file) => readSource(file, readFileSync(path.join(root, file), 'utf8')))
}

export function listSources(root: string): string[] {
  const there = folders.filter((folder) => existsSync(path.join(root, folder)))
  const files = there.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  const top = readdirSync(root).filter((name) => name.endsWith('.config.ts'))
  return [...top, ...files].map((file) => file.replaceAll(path.sep, '/')).filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
}
