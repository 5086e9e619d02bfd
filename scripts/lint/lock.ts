/** What package-lock.json may and may not hold. All functions are pure. */

/** The part of a lock's entry that is read here. */
export interface Locked {
  version?: string
  license?: string
  dev?: boolean
  devOptional?: boolean
  optionalDependencies?: Record<string, string>
}

export type Lock = Record<string, Locked>

/**
 * Optional (per-platform) dependencies that are missing from the lock, as `package: dependency`. `npm install` passes over such a hole,
 * and `npm ci` then refuses the lock on a machine that needs it.
 */
export function findHoles(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(lock, path, name))
      .map((name) => `${path}: ${name}`),
  )
}

/** As Node looks for a package: in the folder's own node_modules, then in each one above. */
function isLocked(lock: Lock, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in lock) return true
    if (folder === '') return false
  }
}

const permissive = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'MIT-0', 'BlueOak-1.0.0', 'Unlicense']

/** Used unchanged, and known to be: MPL-2.0 asks for the source of these files only, and they are public. */
const known = ['node_modules/webextension-polyfill', 'node_modules/mediabunny']

/** Packages that we ship whose licence asks for more than to be named, as `package: licence`. */
export function findForeignLicences(lock: Lock): string[] {
  return Object.entries(lock)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !known.includes(path))
    .filter(([, entry]) => !isPermissive(entry.license ?? ''))
    .map(([path, entry]) => `${path}: ${entry.license ?? 'none named'}`)
}

/** “(MIT OR GPL-2.0)” lets us choose; “MIT AND ISC” does not. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(' OR ')
  return choices.some((choice) => choice.split(' AND ').every((part) => permissive.includes(part)))
}
