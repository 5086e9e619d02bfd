import { describe, expect, test } from 'vitest'
import type { Input } from '../../background/inputs.ts'
import { blank } from '../../background/state.ts'
import { step } from '../../background/step.ts'
import { nextTick } from '../../background/step-tick.ts'
import { view } from '../../background/view.ts'
import { facts, ringWanted, voiceWanted } from '../../background/wants.ts'
import {
  accepted,
  answer,
  at,
  call,
  changed,
  claimed,
  decide,
  hangUp,
  happened,
  id,
  iso,
  leg,
  lost,
  me,
  offered,
  open,
  piotr,
  play,
  signedIn,
  thread,
  voice,
  ways,
  welcome,
  withdrawn,
} from './desk-samples.ts'

const failed = (
  request: 'accept' | 'decline' | 'read-call',
  code: 'call_taken' | 'call_over' | 'companion_unreachable' | 'stale_epoch',
  details?: Record<string, string>,
): Input => ({
  type: 'request-failed',
  request,
  callId: id(10),
  failure: { code, ...(details && { details }) },
})

const hangUpFailed = (code: 'call_over' | 'companion_unreachable'): Input => ({
  type: 'hang-up-failed',
  callId: id(10),
  epoch: 2,
  failure: { code },
})

const inputs: Record<string, Input> = {
  signedIn,
  signedOut: { type: 'signed-out', failure: null },
  resumed: { type: 'resumed', sessionId: id(40), token: 'fresh' },
  tick: { type: 'tick' },
  lineWanted: { type: 'line-wanted' },
  lost,
  fatal: { ...lost, fatal: true },
  sessionOver: { ...lost, failure: { code: 'signed_out' }, fatal: true },
  welcome: welcome(),
  welcomeRinging: welcome({ offers: [call()] }),
  welcomeHolding: welcome({ call: claimed({ state: 'live' }) }),
  refused: { type: 'frame-received', frame: { type: 'refused', error: { code: 'protocol_mismatch', words: '', remedy: '' } } },
  pong: { type: 'frame-received', frame: { type: 'pong', upTo: 9, now: iso(3) } },
  offered: offered(),
  offeredAgain: offered({ epoch: 3 }),
  changed: changed({ state: 'live', liveAt: iso(2) }),
  ended: changed({ state: 'ended' }),
  taken: withdrawn('answered', piotr),
  callerLeft: withdrawn('caller-left'),
  threadChanged: happened({ type: 'thread-changed', thread }),
  notified: happened({ type: 'notification-added', notification: { id: id(30), kind: 'missed-call', thread, at: iso(1) } }),
  answer,
  decline: decide({ type: 'decline', callId: id(10) }),
  hangUp,
  mute: decide({ type: 'mute', muted: true }),
  dismiss: decide({ type: 'dismiss' }),
  retry: decide({ type: 'retry' }),
  closePanel: decide({ type: 'close-panel' }),
  microphoneRefused: decide({ type: 'microphone-checked', microphone: 'refused' }),
  devices: decide({ type: 'choose-devices', microphoneId: 'a', speakerId: null, ringerId: null }),
  accepted: accepted(),
  declined: { type: 'declined', callId: id(10) },
  tooLate: failed('accept', 'call_taken', { by: 'Piotr', you: 'false' }),
  acceptLost: failed('accept', 'companion_unreachable'),
  hangUpLost: hangUpFailed('companion_unreachable'),
  readFailed: failed('read-call', 'call_over'),
  voiceIdle: voice(),
  voiceMedia: voice(leg('media')),
  voiceClosed: voice(leg('closed')),
  voiceFailed: voice(null, { device: { state: 'failed', failure: { code: 'voice_failed' } } }),
  voiceGone: { type: 'voice-gone', failure: { code: 'voice_failed' } },
  matched: { type: 'contact-matched', number: '+48600100200', contact: { name: 'Ewa Nowak', number: '+48600100200' } },
  woken: { type: 'woken', state: null, session: null, devices: null },
  failed: { type: 'failed', failure: { code: 'cache_failed' } },
  noteWritten: { type: 'note-written', noteId: id(60), text: 'x', state: 'saving', failure: null },
}

describe('every input in every state', () => {
  for (const [name, way] of Object.entries(ways)) {
    test(`while ${name}`, () => {
      const { state } = play(way)
      for (const [what, input] of Object.entries(inputs)) {
        const before = JSON.stringify(state)
        const after = step(state, input, at(2))
        const said = `${what} while ${name}`
        expect(JSON.stringify(state), `${said} must not change the old state`).toBe(before)
        expect(JSON.parse(JSON.stringify(after.state)), `${said}: survives storage`).toEqual(after.state)
        expect(new Set(after.effects.map((effect) => JSON.stringify(effect))).size, `${said}: nothing is asked twice`).toBe(
          after.effects.length,
        )
        const snapshot = view(after.state)
        expect(
          snapshot.offers.some(({ call: { id } }) => id === snapshot.call?.call.id && snapshot.call.phase !== 'ended'),
          `${said}: a held call does not ring`,
        ).toBe(false)
        if (!after.state.session)
          expect(
            after.effects.some(({ type }) => type === 'open-line' || type === 'accept'),
            said,
          ).toBe(false)
        nextTick(after.state)
        facts(after.state)
      }
    })
  }
})

describe('a call that is answered', () => {
  test('goes from offer to live and to its end', () => {
    expect(play(ways.ringing ?? []).effects).toEqual([{ type: 'match-contact', number: '+48600100200' }])
    const claiming = play(ways.claiming ?? [])
    expect(claiming.effects).toEqual([
      { type: 'voice-connect', callId: id(10), epoch: 2 },
      { type: 'accept', callId: id(10), epoch: 1, contact: null },
    ])
    expect(view(claiming.state)).toMatchObject({ offers: [], call: { phase: 'claiming' } })
    const connecting = play(ways.connecting_sound ?? [])
    expect(connecting.effects, 'the leg did not live to see the claim').toEqual([{ type: 'voice-connect', callId: id(10), epoch: 2 }])
    expect(view(connecting.state).call?.phase).toBe('connecting')
    expect(view(step(connecting.state, voice(leg('open')), at(1)).state).call?.phase, 'signalling alone is not sound').toBe('connecting')
    const live = play(ways.live ?? [])
    expect(view(live.state).call).toMatchObject({ phase: 'live', liveSince: iso(1), muted: false })
    const over = step(live.state, changed({ state: 'ended' }), at(9))
    expect(view(over.state).call?.phase).toBe('ended')
    expect(over.effects).toEqual([{ type: 'voice-hang-up' }])
    expect(view(step(over.state, decide({ type: 'dismiss' }), at(9)).state).call).toBeNull()
  })

  test('the leg that left with the claim is the claim’s, and sound that was first stays', () => {
    const early = play([...(ways.claiming ?? []), voice(leg('connecting'))])
    expect(early.state.call?.phase, 'only the companion grants').toBe('claiming')
    // Said again, for where the leg failed meanwhile; the voice page has this very one and does nothing.
    expect(step(early.state, accepted(), at(1)).effects).toEqual([{ type: 'voice-connect', callId: id(10), epoch: 2 }])
    const sound = play([...(ways.claiming ?? []), voice(leg('media')), accepted()])
    expect(sound.state.call).toMatchObject({ phase: 'live', call: { epoch: 2 } })
    expect(step(sound.state, hangUp, at(2)).effects).toEqual([{ type: 'hang-up', callId: id(10), epoch: 2 }])
  })

  test.each([
    ['refused', inputs.tooLate as Input],
    ['withdrawn', withdrawn('answered', piotr)],
    ['not heard by the companion', inputs.acceptLost as Input],
  ])('a claim that was %s takes its leg along', (_, input) => {
    expect(play([...(ways.claiming ?? []), voice(leg('connecting')), input]).effects).toContainEqual({ type: 'voice-hang-up' })
  })

  test('twice, is asked for once', () => {
    const claiming = play(ways.claiming ?? [])
    const twice = step(claiming.state, answer, at(1))
    expect(twice).toEqual({ state: claiming.state, effects: [] })
  })

  test('keeps the contact that the CRM knew', () => {
    const { state } = play([...(ways.ringing ?? []), inputs.matched as Input, answer])
    expect(state.call?.contact?.name).toBe('Ewa Nowak')
  })

  test('is hung up at the companion first, and the sound ends when it heard', () => {
    const ending = play(ways.ending ?? [])
    expect(ending.effects).toEqual([{ type: 'hang-up', callId: id(10), epoch: 2 }])
    const heard = step(ending.state, { type: 'hang-up-heard', callId: id(10), epoch: 2, call: claimed({ state: 'ended' }) }, at(2))
    expect(heard.effects).toContainEqual({ type: 'voice-hang-up' })
    expect(heard.state.call?.phase).toBe('ended')
    expect(heard.state.hangUps).toEqual([])
  })

  test('hung up without a line, ends here at once and is told later', () => {
    const ending = play(ways.ending ?? [])
    const cut = step(ending.state, inputs.hangUpLost as Input, at(2))
    expect(cut.effects).toContainEqual({ type: 'voice-hang-up' })
    expect(cut.state.call?.phase).toBe('ended')
    const back = step(cut.state, welcome({ call: claimed({ state: 'live' }) }), at(9))
    expect(back.effects).toContainEqual({ type: 'hang-up', callId: id(10), epoch: 2 })
  })

  test('hung up while the companion cannot be reached, is said again until it is heard, and does not ring here meanwhile', () => {
    const cut = step(play(ways.ending ?? []).state, inputs.hangUpLost as Input, at(2))
    expect(nextTick(cut.state)).toBe(at(5))
    const said = step(cut.state, { type: 'tick' }, at(5))
    expect(said.effects).toEqual([{ type: 'hang-up', callId: id(10), epoch: 2 }])
    expect(step(said.state, { type: 'tick' }, at(6)).effects).toEqual([])
    const lostAgain = step(said.state, inputs.hangUpLost as Input, at(7))
    const rung = step(lostAgain.state, welcome({ offers: [call({ epoch: 3, ringUntil: iso(40) })] }), at(8))
    expect(rung.effects).toEqual([{ type: 'hang-up', callId: id(10), epoch: 2 }])
    expect(rung.state.offers).toEqual([])
    const heard = step(rung.state, { type: 'hang-up-heard', callId: id(10), epoch: 2, call: claimed({ state: 'ended', epoch: 3 }) }, at(9))
    expect(heard.state.hangUps).toEqual([])
    expect(nextTick(heard.state)).toBeNull()
  })

  test('hung up, and rung again because the companion has not heard it: it stays hung up, without a complaint', () => {
    const ending = play(ways.ending ?? [])
    const { state } = step(ending.state, changed({ state: 'ringing', epoch: 3, claimedBy: null }), at(2))
    expect(state.call?.phase).toBe('ended')
    expect(state.notice).toBeNull()
    expect(state.hangUps).toMatchObject([{ callId: id(10), epoch: 2 }])
  })

  test('hung up when somebody else has it by now, is not said again', () => {
    const cut = step(play(ways.ending ?? []).state, inputs.hangUpLost as Input, at(2))
    const { state } = step(cut.state, hangUpFailed('call_over'), at(3))
    expect(state.hangUps).toEqual([])
  })

  test('hung up before the claim came, is hung up with the claim', () => {
    const { state } = play([...(ways.claiming ?? []), hangUp])
    expect(step(state, accepted(), at(2)).effects).toContainEqual({ type: 'hang-up', callId: id(10), epoch: 2 })
  })
})

describe('a call that is not', () => {
  test('by a colleague who was faster: silence, and who it was', () => {
    const { state } = play([...(ways.ringing ?? []), withdrawn('answered', piotr)])
    expect(view(state)).toMatchObject({ offers: [], notice: { kind: 'taken', by: piotr } })
    expect(ringWanted(state)).toBe(false)
  })

  test.each([
    ['the refusal first', [inputs.tooLate as Input, withdrawn('answered', piotr)]],
    ['the withdrawal first', [withdrawn('answered', piotr), inputs.tooLate as Input]],
  ])('lost while claiming, %s: the loser sees who took it', (_, order) => {
    const { state } = play([...(ways.claiming ?? []), ...order])
    expect(view(state)).toMatchObject({ call: null, offers: [], notice: { kind: 'taken', by: piotr } })
  })

  test('the caller left', () => {
    expect(view(play([...(ways.ringing ?? []), withdrawn('caller-left')]).state)).toMatchObject({
      offers: [],
      notice: { kind: 'caller-left' },
    })
  })

  test('rings out by the clock, also without a line', () => {
    const { state } = play([...(ways.ringing ?? []), lost])
    expect(nextTick(state)).toBeLessThan(at(30))
    const over = step({ ...state, line: { ...state.line, retryAt: null } }, { type: 'tick' }, at(31))
    expect(view(over.state)).toMatchObject({ offers: [], notice: { kind: 'timed-out' } })
  })

  test('the ring ends by the companion’s clock where ours is wrong', () => {
    const { state } = play([signedIn, welcome({ now: iso(-599) }), offered({ ringUntil: iso(-570) })])
    expect(state.offers[0]?.until).toBe(at(30))
  })

  test('declined: silent at once; told again if the companion did not hear', () => {
    const silent = play([...(ways.ringing ?? []), decide({ type: 'decline', callId: id(10) })])
    expect(silent.effects).toEqual([{ type: 'decline', callId: id(10), epoch: 1 }])
    const back = step(silent.state, welcome({ offers: [call()] }), at(3))
    expect(back.state.offers).toEqual([])
    expect(back.effects).toContainEqual({ type: 'decline', callId: id(10), epoch: 1 })
  })

  test('the companion was not reached: it rings again here', () => {
    expect(view(play([...(ways.claiming ?? []), inputs.acceptLost as Input]).state)).toMatchObject({
      call: null,
      offers: [{ call: { id: id(10) } }],
      notice: { kind: 'failure', failure: { code: 'companion_unreachable' } },
    })
  })

  test('taken by this user in another browser', () => {
    expect(view(play(ways.elsewhere ?? []).state)).toMatchObject({ offers: [], call: { phase: 'elsewhere' }, notice: null })
    const raced = play([...(ways.claiming ?? []), failed('accept', 'call_taken', { by: 'Anna', you: 'true' })])
    expect(raced.state.call?.phase).toBe('elsewhere')
  })

  test('whoever hung up is said: nobody is told that they did what the caller did', () => {
    expect(view(play(ways.ending ?? []).state).call).toMatchObject({ phase: 'ending', hungUp: true })
    expect(view(play([...(ways.live ?? []), voice(leg('closed'))]).state).call).toMatchObject({ phase: 'ending', hungUp: false })
  })

  test('sound never came: said so, and the call is not held any more', () => {
    const { state } = play([...(ways.connecting_sound ?? []), voice(leg('closed', { failure: { code: 'media_failed' } }))])
    expect(state.call).toMatchObject({ phase: 'ended', failure: { code: 'media_failed' } })
    const again = step(state, offered({ epoch: 3 }), at(4))
    expect(again.state.offers).toHaveLength(1)
  })
})

describe('epochs', () => {
  test('a withdrawal of an older ring does not silence the newer one', () => {
    expect(play([...open, offered({ epoch: 3 }), withdrawn('answered', piotr, 1)]).state.offers).toHaveLength(1)
  })
  test('an older offer that comes late does not ring', () => {
    expect(play([...open, offered(), withdrawn('answered', piotr), offered()]).state.offers).toEqual([])
  })
  test('a newer ring of the call that we held takes it away and rings', () => {
    const again = play([...(ways.live ?? []), offered({ epoch: 3 })])
    expect(view(again.state)).toMatchObject({ call: null, offers: [{ call: { epoch: 3 } }] })
    expect(again.effects).toContainEqual({ type: 'voice-hang-up' })
  })
  test('an old state of the held call changes nothing', () => {
    const { state } = play(ways.live ?? [])
    expect(step(state, changed({ epoch: 1, state: 'ended' }), at(2)).state).toBe(state)
  })
})

describe('a stopped worker', () => {
  const wake = (name: string, then: Input[], now = 2) => {
    const { state } = play(ways[name] ?? [])
    const kept = JSON.parse(JSON.stringify(state))
    return play([{ type: 'woken', state: kept, session: null, devices: null }, ...then], now)
  }
  test('comes back into a live call with one report of the voice page', () => {
    const back = wake('live', [voice(leg('media'))])
    expect(view(back.state).call).toMatchObject({ phase: 'live', liveSince: iso(1) })
    expect(back.state.call?.checkAt).toBeNull()
  })
  test('opens the line again', () => {
    expect(wake('open', []).effects).toEqual([{ type: 'open-line' }])
  })
  test('that died between claim and connect asks for the same claim again', () => {
    const { state } = wake('connecting_sound', [voice(null)])
    const due = step(state, { type: 'tick' }, at(9))
    expect(due.effects).toContainEqual({ type: 'accept', callId: id(10), epoch: 2, contact: null })
    expect(step(due.state, accepted(), at(10)).effects[0]).toMatchObject({ type: 'voice-connect', epoch: 2 })
  })
  test('does not connect twice where the voice page has the call', () => {
    const { state } = wake('claiming', [voice(leg('media'))])
    expect(step(state, accepted(), at(3)).effects.filter(({ type }) => type === 'voice-connect')).toEqual([])
  })
  test('with the voice page gone too asks what became of the call', () => {
    const gone = wake('live', [{ type: 'voice-gone', failure: null }])
    expect(gone.state.call?.phase).toBe('ending')
    expect(step(gone.state, { type: 'tick' }, at(5)).effects).toContainEqual({ type: 'read-call', callId: id(10) })
  })
  test('a fresh token opens its own session only, not that of somebody who signed in meanwhile', () => {
    const late: Input = { type: 'resumed', sessionId: id(99), token: 'hers' }
    expect(play([...open, late]).state.session?.token).toBe('token')
    expect(play([...open, inputs.resumed as Input]).state.session?.token).toBe('fresh')
  })

  test('starts without a state, but with a session: the token is resumed by opening the line', () => {
    const { state, effects } = play([
      {
        type: 'woken',
        state: null,
        session: { address: 'https://calls.example', sessionId: id(40), userId: id(1), token: null },
        devices: null,
      },
    ])
    expect(state.line.phase).toBe('connecting')
    expect(effects).toEqual([{ type: 'open-line' }])
  })
})

describe('the line', () => {
  test('is tried again later and later, and at once when somebody looks', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 7].map((tries) => {
      const { state } = play(open)
      const after = step({ ...state, line: { ...state.line, tries } }, { ...lost, jitter: 1 } as Input, at(0)).state
      return (after.line.retryAt ?? 0) - at(0)
    })
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000])
    expect(play([...open, lost, { type: 'line-wanted' }]).effects).toEqual([{ type: 'open-line' }])
  })
  test('that was refused waits for a person', () => {
    const { state } = play(ways.refused ?? [])
    expect(nextTick(state)).toBeNull()
    expect(view(state).line).toMatchObject({ state: 'refused', failure: { code: 'companion_unreachable' } })
  })
  test.each(['signed_out', 'user_disabled'] as const)(
    'that ends with the session (%s) takes all with it but notes that were not sent',
    (code) => {
      const over = { ...lost, failure: { code }, fatal: true }
      const { state, effects } = play([...(ways.ended ?? []), { type: 'outbox-counted', unsent: 2 }, over])
      expect(effects).toContainEqual({ type: 'forget' })
      expect(view(state)).toMatchObject({ line: { state: 'signed-out', failure: { code } }, me: null, call: null, panel: null, unsent: 2 })
      expect(state.session).toBeNull()

      const inCall = play([...(ways.live ?? []), over])
      expect(inCall.effects).toEqual([{ type: 'forget' }])
      expect(view(inCall.state)).toMatchObject({ line: { state: 'refused' }, call: { phase: 'live' } })
    },
  )
  test('that is lost silences a ring a second later, without a word that would be a guess', () => {
    const { state } = play([...(ways.ringing ?? []), lost])
    expect(state.offers).toHaveLength(1)
    const due = nextTick({ ...state, line: { ...state.line, retryAt: null } }) ?? Number.POSITIVE_INFINITY
    const after = step(state, { type: 'tick' }, due).state
    expect([ringWanted(after), after.notice]).toEqual([false, null])
    expect(step(after, welcome({ offers: [call()] }), due).state.offers).toHaveLength(1)
  })
  test('that comes back at once rings on to the end', () => {
    const { state } = play([...(ways.ringing ?? []), lost, welcome({ offers: [call()] })])
    expect(state.offers[0]?.until).toBeGreaterThanOrEqual(at(30))
  })
  test('a welcome silences what rings no longer', () => {
    expect(play([...(ways.ringing ?? []), welcome()]).state.offers).toEqual([])
  })
})

describe('what the companion is told of this browser', () => {
  test('a refused microphone blocks, and takes the voice page down', () => {
    const { state } = play([...open, decide({ type: 'microphone-checked', microphone: 'refused' })])
    expect(facts(state)).toEqual({ microphone: 'refused', voice: 'ready' })
    expect(voiceWanted(state)).toBe(false)
  })
  test('the voice page stays in a call, whatever is wanted', () => {
    const { state } = play(ways.live ?? [])
    expect(voiceWanted({ ...state, me: { ...me, wanted: false } })).toBe(true)
    expect(voiceWanted(blank)).toBe(false)
  })
  test('without a seat there is no phone', () => {
    const { state } = play([signedIn, welcome({ me: { ...me, user: { ...me.user, seat: false } } })])
    expect(voiceWanted(state)).toBe(false)
  })
  test('a token is fetched when the page is up, and again before it ends', () => {
    const { state } = play(open)
    expect(step(state, voice(null, { device: { state: 'none', failure: null } }), at(1)).effects).toEqual([{ type: 'voice-prepare' }])
    expect(step(state, voice(null, { wantsToken: true }), at(1)).effects).toEqual([{ type: 'voice-prepare' }])
  })
})
