import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { bin } from '../test/run.ts'
import { endedWell, lastLines, startPart } from './part.ts'

/** The folder that a browser loads. */
export const extensionFolder = path.resolve('.output', 'chrome-mv3')

const sources = ['entrypoints', 'components', 'background', 'utils', 'public', 'wxt.config.ts', 'package-lock.json']

/** Builds the extension for Chrome where its sources are newer than what was built. Throws in words. `say` is told when it takes time. */
export async function buildExtension(say: (line: string) => void): Promise<void> {
  const manifest = path.join(extensionFolder, 'manifest.json')
  const built = existsSync(manifest) ? statSync(manifest).mtimeMs : 0
  if (newest() < built) return
  say('building the extension')
  const build = startPart('build', [bin.wxt, 'build', '-b', 'chrome'], {})
  const how = await build.gone
  if (how !== endedWell) throw new Error(`The extension’s build ${how}. It said:\n${lastLines(build)}`)
}

/** When a source changed last, in milliseconds. */
function newest(): number {
  const files = sources.filter(existsSync).flatMap((source) => {
    if (statSync(source).isFile()) return [source]
    return readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => path.join(source, name))
  })
  return Math.max(...files.map((file) => statSync(file).mtimeMs))
}
