/** Hearing a greeting or a test call: the desk's side of it. */
import { expect, test } from 'vitest'
import { createCommands } from '../../background/commands.ts'
import { blank, type State } from '../../background/state.ts'
import { step } from '../../background/step.ts'
import { voiceWanted } from '../../background/wants.ts'
import { at, me } from './desk-samples.ts'

const signedIn: State = {
  ...blank,
  session: { address: 'https://calls.example', sessionId: 's', userId: 'u', token: 't' },
  me: { ...me, wanted: false },
}
const listen = (state: State) => step(state, { type: 'decided', decision: { type: 'listen', ticket: 'abc' } }, at(0))

test('an admin who is away hears it: the voice page is brought up with the ticket, and let go afterwards', () => {
  const { state, effects } = listen(signedIn)
  expect(voiceWanted(state)).toBe(true)
  expect(effects).toEqual([{ type: 'voice-listen', ticket: 'abc' }])
  const stopped = step(state, { type: 'decided', decision: { type: 'stop-listening' } }, at(1)).state
  expect(stopped.listening).toBeNull()
  expect(voiceWanted(stopped)).toBe(false)
})

test('a voice page that dies while something is heard is a failure in words', () => {
  const { state } = listen(signedIn)
  const gone = step(state, { type: 'voice-gone', failure: null }, at(1)).state
  expect(gone.listening).toEqual({ state: 'failed', failure: { code: 'voice_failed' } })
})

test('what sits in a stranger’s page never asks an admin’s questions', async () => {
  const asked: string[] = []
  const parts = {
    desk: { ready: Promise.resolve(), dispatch() {}, state: () => blank },
    line: { call: async (name: string) => asked.push(name), recording: async () => new Blob() },
  } as unknown as Parameters<typeof createCommands>[0]
  const run = createCommands(parts)
  const ask = { type: 'ask', route: 'listPeople', params: {}, body: null } as const
  await expect(run(ask, 'pilot')).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(run(ask)).rejects.toMatchObject({ code: 'not_allowed' })
  await run(ask, 'desk')
  expect(asked).toEqual(['listPeople'])
})
