/**
 * The switchboard's command line:
 *
 *   node switchboard/main.ts --data DIR [--host 127.0.0.1] [--port 7300] [--signal-port 7301] [--calls-per-second N]
 *
 * Prints one line of JSON with the addresses and credentials, then runs until SIGINT or SIGTERM.
 */
import { parseArgs } from 'node:util'
import { startSwitchboard } from './start.ts'

export { type Switchboard, type SwitchboardOptions, startSwitchboard } from './start.ts'

async function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.data/switchboard' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '7300' },
      'signal-port': { type: 'string', default: '7301' },
      'calls-per-second': { type: 'string' },
    },
  })
  const { close, ...shown } = await startSwitchboard({
    dataFolder: values.data,
    host: values.host,
    port: Number(values.port),
    signalPort: Number(values['signal-port']),
    callsPerSecond: values['calls-per-second'] === undefined ? undefined : Number(values['calls-per-second']),
  })
  console.log(JSON.stringify(shown))
  const stop = () => close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
