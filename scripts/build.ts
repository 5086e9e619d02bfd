/** `npm run build`: the extension for Chrome and for Firefox, in .output. `npm run build -- chrome` builds one. */
import { bin, runScript } from './test/run.ts'

const browsers = process.argv.length > 2 ? process.argv.slice(2) : ['chrome', 'firefox']
for (const browser of browsers) process.exitCode ||= await runScript(bin.wxt, ['build', '-b', browser])
