/**
 * The companion's process.
 *
 *     node companion/main.ts                        serve
 *     node companion/main.ts link <email or name>   print a new sign-in link for somebody
 *     node companion/main.ts seed --file seed.json  make users and a channel; prints one line of JSON
 */
import { printLink, seedFromFile } from './commands.ts'
import { ConfigError, readConfig } from './config.ts'
import { serve } from './serve.ts'

const [command, ...words] = process.argv.slice(2)
const usage = 'Usage: node companion/main.ts [link <email or name> | seed --file <seed.json>]'

async function run(): Promise<void> {
  if (command === undefined) return serve(readConfig(process.env))
  if (command === 'link' && words.length > 0) return printLink(process.env, words.join(' '))
  if (command === 'seed' && words[0] === '--file' && words[1]) return seedFromFile(readConfig(process.env), words[1])
  throw new ConfigError(usage)
}

run().catch((error) => {
  const told = error instanceof Error ? error.message : String(error)
  const help = error instanceof ConfigError ? '\ndocs/running.md lists every setting.' : ''
  console.error(`Ringside could not ${command === undefined ? 'start' : command}.\n\n${told}${help}`)
  process.exit(1)
})
