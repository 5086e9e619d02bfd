/**
 * `npm run call`: a scripted caller dials the channel of a running `npm start`, speaks, and tells line by line what happens and what it hears.
 * Ctrl-C hangs up.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { clockTime, inWords, type Moment, stretches } from './call/heard.ts'
import { type CallOptions, readOptions, usage } from './call/options.ts'
import { type CallerState, openSwitchboard, type Switchboard } from './call/switchboard.ts'
import { readRunning } from './start/running.ts'

const LOOK_MS = 500

async function call(options: CallOptions): Promise<void> {
  const running = readRunning()
  const to = options.to ?? running?.number
  if (!to) throw new Error('There is no number to dial: nothing is running here. Start it with “npm start”, or give a number: --to +1…')
  const switchboard = openSwitchboard(process.env.SWITCHBOARD_URL ?? running?.switchboardUrl ?? 'http://127.0.0.1:4200')
  const caller = await switchboard.dial({ from: options.from, to, say: options.say, loop: true })
  const tell = (text: string) => console.log(`${clockTime(performance.now() - began).padStart(5)}  ${text}`)
  const began = performance.now()
  tell(`${options.name ? `${options.name} (${options.from})` : options.from} dials ${to}`)

  const hangUp = () => void switchboard.hangUp(caller.id).catch(() => {})
  process.on('SIGINT', hangUp)
  process.on('SIGTERM', hangUp)
  const last = await follow(switchboard, caller, options.seconds, tell)
  const heard = await switchboard.heard(caller.id)
  tell(last.end?.status === 'hung-up' ? 'hangs up' : `the call ended: ${endInWords(last)}`)
  summarise(heard)
}

/** Tells what changes until the call is over. */
async function follow(switchboard: Switchboard, caller: CallerState, seconds: number, tell: (text: string) => void): Promise<CallerState> {
  let known: CallerState['state'] = 'dialling'
  let hears = ''
  let seenMs = 0
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const state = await switchboard.state(caller.id)
    if (state.state !== known && state.state !== 'ended') tell(state.state === 'answered' ? 'the line is open' : 'it rings')
    known = state.state
    const moments = await switchboard.heard(caller.id, seenMs)
    seenMs += moments.length * 100
    for (const stretch of stretches(moments)) {
      const words = inWords(stretch).replace(/,.*/, '')
      if (words !== hears) tell(`hears ${inWords(stretch)}`)
      hears = words
    }
    if (state.state === 'ended') return state
    if (performance.now() > deadline) return await switchboard.hangUp(caller.id)
    await wait(LOOK_MS)
  }
}

function endInWords({ end }: CallerState): string {
  const words: Record<string, string> = {
    completed: 'the other side hung up',
    busy: 'busy',
    'no-answer': 'nobody answered',
    canceled: 'cancelled',
  }
  const why = words[end?.status ?? ''] ?? end?.status ?? 'no reason given'
  return [why, end?.code, end?.message].filter((part) => part !== undefined).join(' · ')
}

function summarise(heard: Moment[]): void {
  console.log('\n  What the caller heard')
  const found = stretches(heard)
  if (found.length === 0) console.log('    nothing')
  for (const stretch of found) console.log(`    ${clockTime(stretch.fromMs)}–${clockTime(stretch.untilMs)}  ${inWords(stretch)}`)
}

if (process.argv.includes('--help')) console.log(usage)
else {
  await Promise.resolve()
    .then(() => call(readOptions(process.argv.slice(2))))
    .catch((error: Error) => {
      console.error(`${error.message}\n\n${usage}`)
      process.exitCode = 1
    })
}
