import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { bin, runScript } from '../test/run.ts'

/** The folder that a browser loads. */
export const extensionFolder = path.resolve('.output', 'chrome-mv3')

const sources = ['entrypoints', 'components', 'background', 'utils', 'public', 'wxt.config.ts', 'package-lock.json']

/** Builds the extension for Chrome where its sources are newer than what was built. Throws in words. `say` is told when it takes time. */
export async function buildExtension(say: (line: string) => void): Promise<void> {
  const manifest = path.join(extensionFolder, 'manifest.json')
  const built = existsSync(manifest) ? statSync(manifest).mtimeMs : 0
  if (newest() < built) return
  say('building the extension')
  const code = await runScript(bin.wxt, ['build', '-b', 'chrome', '--level', 'error'])
  if (code !== 0) throw new Error('The extension did not build; what it said is above.')
}

/** When a source changed last, in milliseconds. */
function newest(): number {
  const files = sources.filter(existsSync).flatMap((source) => {
    if (statSync(source).isFile()) return [source]
    return readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => path.join(source, name))
  })
  return Math.max(...files.map((file) => statSync(file).mtimeMs))
}
