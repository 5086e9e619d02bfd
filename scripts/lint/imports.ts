import path from 'node:path'
import { type FolderRule, type ForeignRule, folderRules, foreignRules, freeFolders } from './rules.ts'
import type { Source } from './sources.ts'

/** One broken rule, for a person: where, what, why. */
export interface Problem {
  path: string
  line: number
  message: string
}

/** Holds every import against the tables in rules.ts. Pure. */
export function checkImports(sources: Source[]): Problem[] {
  return [...sources.flatMap(checkFolder), ...foreignRules.flatMap((rule) => checkForeign(rule, sources))]
}

function checkFolder(source: Source): Problem[] {
  const rule = ruleOf(source.path)
  if (!rule) return []
  return source.imports.flatMap(({ specifier, line }) => {
    const target = resolve(source.path, specifier)
    if (target.ours !== undefined ? mayUse(rule, source.path, target.ours) : mayUsePackage(rule, target.package)) return []
    const allowed = target.ours !== undefined ? rule.ours.join(', ') : packagesInWords(rule)
    return [{ path: source.path, line, message: `${rule.folder} may not import ${target.ours ?? target.package} (it may: ${allowed})` }]
  })
}

/** The rule of the longest folder that holds the file. */
function ruleOf(file: string): FolderRule | undefined {
  return folderRules.filter((rule) => isIn(file, rule.folder)).sort((a, b) => b.folder.length - a.folder.length)[0]
}

function mayUse(rule: FolderRule, from: string, to: string): boolean {
  return rule.ours.some((place) => isIn(to, place === 'own' ? ownFolder(rule.folder, from) : place))
}

/** entrypoints/pilot/view/row.tsx has entrypoints/pilot for its own; a file right in the folder has only itself. */
function ownFolder(folder: string, file: string): string {
  return `${folder}/${file.slice(folder.length + 1).split('/')[0]}`
}

function mayUsePackage(rule: FolderRule, name: string): boolean {
  return rule.packages === 'any' || rule.packages.some((allowed) => (allowed === 'node:' ? name.startsWith('node:') : isIn(name, allowed)))
}

const packagesInWords = (rule: FolderRule) =>
  rule.packages === 'any' || rule.packages.length === 0 ? 'no packages' : rule.packages.join(', ')

function checkForeign(rule: ForeignRule, sources: Source[]): Problem[] {
  const uses = sources.flatMap((source) =>
    source.imports
      .filter(({ specifier }) => rule.packages.some((name) => isIn(specifier, name)))
      .map(({ specifier, line }) => ({ path: source.path, line, specifier })),
  )
  const counted = uses.filter((use) => !freeFolders.some((folder) => isIn(use.path, folder)))
  const strangers = counted.filter((use) => !rule.only.some((place) => isIn(use.path, place)))
  const files = [...new Set(counted.map((use) => use.path))]
  const problems = strangers.map(({ path, line, specifier }) => ({
    path,
    line,
    message: `only ${rule.only.join(', ')} may import ${specifier}: ${rule.because}`,
  }))
  if (rule.files === undefined || files.length <= rule.files || strangers.length > 0) return problems
  return [{ path: files.at(-1) ?? '', line: 1, message: `${files.join(', ')} all import ${rule.packages[0]}: ${rule.because}` }]
}

type Target = { ours: string; package?: undefined } | { ours?: undefined; package: string }

/** Where an import leads: a path of ours, or a package. `@/` and `~/` are the top of the repository, as WXT has it. */
function resolve(from: string, specifier: string): Target {
  const bare = specifier.replace(/\?.*$/, '')
  if (/^[@~]\//.test(bare)) return { ours: bare.slice(2) }
  if (bare.startsWith('.')) return { ours: path.posix.join(path.posix.dirname(from), bare) }
  return { package: bare }
}

/** Whether a path or package is this one, or lies in it. */
export function isIn(name: string, place: string): boolean {
  return name === place || name.startsWith(`${place}/`)
}
